import type { ButtonHTMLAttributes } from 'react';

type Look = 'primary' | 'plain' | 'quiet';

const LOOKS: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-on-accent border-accent hover:opacity-90 font-medium',
  plain: 'bg-panel text-text border-line-strong hover:bg-raised',
  quiet: 'bg-transparent text-quiet border-transparent hover:bg-raised hover:text-text',
};

const BASE =
  'inline-flex items-center justify-center gap-1.5 rounded border px-3 py-1 min-h-8 text-sm ' +
  'transition-colors duration-150 disabled:opacity-50 disabled:cursor-not-allowed no-underline';

export const buttonClass = (look: Look = 'plain', extra = ''): string =>
  `${BASE} ${LOOKS[look]} ${extra}`;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
}

export function Button({ look = 'plain', className = '', type = 'button', ...rest }: Props) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />;
}

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What a screen reader says and a pointer sees. */
  readonly label: string;
}

export function IconButton({ label, className = '', type = 'button', ...rest }: IconProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={`inline-grid size-8 shrink-0 place-items-center rounded text-quiet hover:bg-raised hover:text-text disabled:opacity-40 disabled:cursor-not-allowed ${className}`}
      {...rest}
    />
  );
}
