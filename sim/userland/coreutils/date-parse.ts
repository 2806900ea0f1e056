import { DAYS, daysFromCivil, gmtime, MONTHS, timegm } from '../glibc/strftime';

export interface Moment {
  readonly seconds: number;
  readonly nanosecond: number;
}

interface State {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nano: number;
  zone: number;
  hasTime: boolean;
  hasDate: boolean;
  relative: { years: number; months: number; seconds: number };
  weekday: number | undefined;
  weekdayOrdinal: number;
}

/** parse_datetime() of gnulib, the forms that people use; `nowNs` is the current time in ns. */
export function parseDate(input: string, nowNs: number): Moment | undefined {
  const nowSeconds = Math.floor(nowNs / 1e9);
  let text = input.trim().replace(/^TZ="[^"]*"\s*/, '');
  const epoch = /^@(-?\d+)(?:[.,](\d+))?$/.exec(text);
  if (epoch) {
    const nanosecond = Number((epoch[2] ?? '').slice(0, 9).padEnd(9, '0'));
    return { seconds: Number(epoch[1]), nanosecond };
  }
  const now = gmtime(nowSeconds);
  const state: State = {
    ...now,
    nano: nowNs % 1e9,
    zone: 0,
    hasTime: false,
    hasDate: false,
    relative: { years: 0, months: 0, seconds: 0 },
    weekday: undefined,
    weekdayOrdinal: 0,
  };
  if (text === '') Object.assign(state, { hour: 0, minute: 0, second: 0, nano: 0 });
  while (text !== '') {
    const rest = takeOne(text, state);
    if (rest === undefined) return undefined;
    text = rest.replace(/^[\s,]+/, '');
  }
  return settle(state);
}

type Rule = readonly [pattern: RegExp, act: (found: RegExpExecArray, state: State) => boolean];

const monthNames = MONTHS.map((name) => name.slice(0, 3).toLowerCase());
const dayNames = DAYS.map((name) => name.slice(0, 3).toLowerCase());
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const UNITS: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
};
const ORDINALS: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

const setDate = (state: State, year: number, month: number, day: number): boolean => {
  if (state.hasDate || month < 1 || month > 12 || day < 1 || day > 31) return false;
  Object.assign(state, { year, month, day, hasDate: true });
  return true;
};

function setTime(state: State, parts: readonly (string | undefined)[]): boolean {
  const [hour = '0', minute = '0', second = '0', fraction = '', half] = parts;
  let h = Number(hour);
  if (half) {
    if (h < 1 || h > 12) return false;
    h = (h % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (state.hasTime || h > 24 || Number(minute) > 59 || Number(second) > 60) return false;
  const nano = Number(fraction.slice(0, 9).padEnd(9, '0'));
  Object.assign(state, {
    hour: h,
    minute: Number(minute),
    second: Number(second),
    nano,
    hasTime: true,
  });
  return true;
}

function setZone(state: State, sign: string, hours: string, minutes = '0'): boolean {
  state.zone = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  return true;
}

const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900);

const RULES: readonly Rule[] = [
  [
    /^(-?\d{4,})-(\d{1,2})-(\d{1,2})(?!\d)T?/i,
    ([, y, m, d], s) => setDate(s, Number(y), Number(m), Number(d)),
  ],
  [
    /^(\d{4})(\d\d)(\d\d)(?=[\sT]|$)T?/,
    ([, y, m, d], s) => setDate(s, Number(y), Number(m), Number(d)),
  ],
  [
    /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?/,
    ([, m, d, y], s) => setDate(s, y ? fullYear(y) : s.year, Number(m), Number(d)),
  ],
  [
    /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?/i,
    (f, s) => setTime(s, f.slice(1)),
  ],
  [/^(\d{1,2})\s*([ap]\.?m\.?)(?![a-z])/i, ([, h, half], s) => setTime(s, [h, '0', '0', '', half])],
  [
    new RegExp(`^(\\d{1,2})[\\s-]*${MONTH}(?:[\\s,-]*(\\d{4})(?!:))?`, 'i'),
    ([, d, m = '', y], s) =>
      setDate(s, y ? Number(y) : s.year, monthNames.indexOf(m.toLowerCase()) + 1, Number(d)),
  ],
  [
    new RegExp(`^${MONTH}[\\s-]*(\\d{1,2})(?![\\d:])(?:(?:[\\s,-]+)(\\d{4})(?!:))?`, 'i'),
    ([, m = '', d, y], s) =>
      setDate(s, y ? Number(y) : s.year, monthNames.indexOf(m.toLowerCase()) + 1, Number(d)),
  ],
  [
    /^(\d{4})(?=\s|$)/,
    ([, y], s) => {
      if (!s.hasDate) return false;
      s.year = Number(y);
      return true;
    },
  ],
  [/^(?:utc|gmt|z)(?![a-z])/i, (_f, s) => setZone(s, '+', '0')],
  [
    /^([-+])(\d\d):?(\d\d)(?!\d)/,
    ([, sign = '+', h = '0', m], s) => s.hasTime && setZone(s, sign, h, m),
  ],
  [
    /^(now|today|yesterday|tomorrow|midnight|noon)(?![a-z])/i,
    ([, word = ''], s) => {
      const w = word.toLowerCase();
      if (w === 'yesterday') s.relative.seconds -= 86_400;
      if (w === 'tomorrow') s.relative.seconds += 86_400;
      if (w === 'noon' || w === 'midnight') return setTime(s, [w === 'noon' ? '12' : '0']);
      return true;
    },
  ],
  [
    /^([-+]?\s*\d+|last|this|next|an?)?\s*(sec(?:ond)?|min(?:ute)?|hour|day|week|fortnight|month|year)s?(?![a-z])(\s+ago(?![a-z]))?/i,
    relative,
  ],
  [
    /^(last|this|next)?\s*(sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?,?/i,
    ([, ordinal, day = ''], s) => {
      s.weekday = dayNames.indexOf(day.toLowerCase());
      s.weekdayOrdinal = ORDINALS[(ordinal ?? 'this').toLowerCase()] ?? 0;
      return true;
    },
  ],
];

function relative(found: RegExpExecArray, state: State): boolean {
  const [, amount = '1', unit = '', ago] = found;
  const word = amount.toLowerCase();
  const given = ORDINALS[word] ?? (/^an?$/.test(word) ? 1 : Number(amount.replace(/\s/g, '')));
  const count = ago ? -given : given;
  const name = unit.toLowerCase();
  if (name === 'month') state.relative.months += count;
  else if (name === 'year') state.relative.years += count;
  else state.relative.seconds += count * (UNITS[name] ?? 0);
  return true;
}

function takeOne(text: string, state: State): string | undefined {
  for (const [pattern, act] of RULES) {
    const found = pattern.exec(text);
    if (!found) continue;
    return act(found, state) ? text.slice(found[0].length) : undefined;
  }
  return undefined;
}

function settle(state: State): Moment | undefined {
  const dated = state.hasDate || state.weekday !== undefined;
  if (dated && !state.hasTime) Object.assign(state, { hour: 0, minute: 0, second: 0, nano: 0 });
  if (state.hasDate) {
    const days = daysFromCivil(state.year, state.month, state.day);
    const back = gmtime(days * 86_400);
    if (back.month !== state.month) return undefined;
  }
  const month = state.month + state.relative.months;
  let seconds = timegm({ ...state, year: state.year + state.relative.years, month });
  if (state.weekday !== undefined && !state.hasDate) {
    const today = gmtime(seconds).weekday;
    let ahead = (state.weekday - today + 7) % 7;
    if (state.weekdayOrdinal > 0 && ahead === 0) ahead = 7;
    if (state.weekdayOrdinal < 0) ahead = ahead === 0 ? -7 : ahead - 7;
    seconds += ahead * 86_400;
  }
  seconds += state.relative.seconds - state.zone;
  return { seconds, nanosecond: Math.round(state.nano) };
}
