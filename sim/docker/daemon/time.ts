import { civilOf, clockTime, isoDate } from '../../userland/glibc/civil-date';

const MICRO = 1_000_000;

/** time.RFC3339Nano in UTC: trailing zeros of the fraction are not written. */
export function rfc3339(us: number): string {
  const civil = civilOf(us);
  const fraction = String(us % MICRO)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${isoDate(civil)}T${clockTime(civil)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** The same with all nine digits, as `docker logs -t` writes it. */
export function rfc3339Nine(us: number): string {
  const civil = civilOf(us);
  return `${isoDate(civil)}T${clockTime(civil)}.${String(us % MICRO).padStart(6, '0')}000Z`;
}

/** time.Time.String() of a Go program in UTC. */
export function goTime(us: number): string {
  const civil = civilOf(us);
  return `${isoDate(civil)} ${clockTime(civil)} +0000 UTC`;
}

/** units.HumanDuration() of go-units. */
export function humanDuration(us: number): string {
  const seconds = Math.floor(us / MICRO);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(hours / 24 / 365)} years`;
}
