import type { ITheme } from '@xterm/xterm';

const LIGHT_ANSI: ITheme = {
  black: '#1a1d21',
  red: '#b8232c',
  green: '#176f31',
  yellow: '#7d5200',
  blue: '#1d5fd0',
  magenta: '#8a2fa8',
  cyan: '#0a6d68',
  white: '#565e69',
  brightBlack: '#565e69',
  brightRed: '#c41f2a',
  brightGreen: '#1b7238',
  brightYellow: '#8a5a00',
  brightBlue: '#1a66c4',
  brightMagenta: '#7238c8',
  brightCyan: '#0b7a75',
  brightWhite: '#1a1d21',
};

const DARK_ANSI: ITheme = {
  black: '#343b45',
  red: '#ff8f89',
  green: '#5fd07c',
  yellow: '#e5b84a',
  blue: '#82b1ff',
  magenta: '#e0a0f0',
  cyan: '#52d0c4',
  white: '#c9d0d9',
  brightBlack: '#9fa8b4',
  brightRed: '#ffaaa5',
  brightGreen: '#86e09c',
  brightYellow: '#f2d07a',
  brightBlue: '#a9c9ff',
  brightMagenta: '#efc1f9',
  brightCyan: '#84e4da',
  brightWhite: '#ffffff',
};

/** The terminal's colours, from the tokens of the page as they are now. */
export function terminalTheme(element: Element): ITheme {
  const probe = document.createElement('span');
  element.append(probe);
  const colourOf = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const background = colourOf('--terminal');
  const theme = {
    background,
    foreground: colourOf('--text'),
    cursor: colourOf('--accent'),
    cursorAccent: background,
    selectionBackground: `${hexOf(colourOf('--accent'))}55`,
  };
  probe.remove();
  return { ...(isDark(background) ? DARK_ANSI : LIGHT_ANSI), ...theme };
}

const channels = (colour: string): readonly number[] =>
  (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);

const isDark = (colour: string): boolean =>
  channels(colour).reduce((sum, value) => sum + value, 0) < 384;

const hexOf = (colour: string): string =>
  `#${channels(colour)
    .map((value) => Math.round(value).toString(16).padStart(2, '0'))
    .join('')}`;
