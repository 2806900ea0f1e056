/** The meter that curl draws where neither -s nor a terminal keeps it away: lib/progress.c. */
export const PROGRESS_HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n';

/** max5data(): at most five characters. */
function max5(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * 1024) return `${String(Math.trunc(bytes / 1024)).padStart(4)}k`;
  return `${String(Math.trunc(bytes / 1_048_576)).padStart(4)}M`;
}

/** progress_meter(): one state of the line. */
export function progressLine(
  received: number,
  total: number | undefined,
  elapsedUs: number,
): string {
  const percent = total === undefined || total === 0 ? 0 : Math.trunc((received * 100) / total);
  const speed = Math.trunc((received * 1_000_000) / Math.max(1, elapsedUs));
  const none = '--:--:--';
  const spent = elapsedUs >= 1_000_000 ? clock(elapsedUs) : none;
  const shown = received === 0 && total === undefined ? 0 : percent || (received > 0 ? 100 : 0);
  const p = String(shown).padStart(3);
  return (
    `\r${p} ${max5(total ?? received)}  ${p} ${max5(received)}    0     0  ${max5(speed)}      0 ` +
    `${none} ${spent} ${none} ${max5(speed)}`
  );
}

function clock(us: number): string {
  const seconds = Math.trunc(us / 1_000_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = String(Math.trunc(seconds / 3600)).padStart(2);
  return `${hours}:${two(Math.trunc(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
