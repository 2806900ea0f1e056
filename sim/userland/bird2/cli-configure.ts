import { type Command, denied, end } from './cli-command';
import { parseProblem } from './parse-config';

const DEFAULT_TIMEOUT_SEC = 300;

/** The commands `configure`, sysdep/unix/main.c. */
export function configure(c: Command): void {
  const { p } = c;
  if (p.take('CHECK')) check(c);
  else if (p.take('CONFIRM')) alone(c, confirm);
  else if (p.take('UNDO')) alone(c, undo);
  else if (p.take('STATUS')) alone(c, status);
  else change(c);
}

function alone(c: Command, run: (c: Command) => void): void {
  end(c);
  if (!c.p.failed && !denied(c)) run(c);
}

/** cmd_check_config(). */
function check(c: Command): void {
  const { p, daemon, out } = c;
  const path = p.is('TEXT') ? p.next().text : daemon.control.configFile;
  end(c, 'END', 'TEXT');
  if (p.failed || denied(c)) return;
  out.push(`0002-Reading configuration from ${path}`);
  const parsed = daemon.control.read(path);
  out.push(
    parsed.kind === 'config' ? '0020 Configuration OK' : `8002 ${parseProblem(parsed, path)}`,
  );
}

/** cmd_reconfig(): with a timeout it is undone unless somebody confirms it. */
function change(c: Command): void {
  const { p, daemon, out } = c;
  const soft = p.take('SOFT');
  const given = p.is('TEXT') ? p.next().text : undefined;
  const timed = p.take('TIMEOUT');
  const timeout = timed && !p.is('END') ? p.number() : timed ? DEFAULT_TIMEOUT_SEC : 0;
  const path = given ?? daemon.control.configFile;
  end(c, 'END', ...(given === undefined ? ['TEXT'] : []), 'TIMEOUT');
  if (p.failed || denied(c)) return;
  out.push(`0002-Reading configuration from ${path}`);
  const parsed = daemon.control.read(path);
  if (parsed.kind !== 'config') {
    out.push(`8002 ${parseProblem(parsed, path)}`);
    return;
  }
  const done = daemon.reconfigure(parsed.config, soft);
  daemon.undoAfter(timeout);
  if (timeout > 0) out.push(`0022-Undo scheduled in ${timeout} s`);
  out.push(reconfigured(done));
}

/** cmd_reconfig_confirm(). */
function confirm({ daemon, out }: Command): void {
  const scheduled = daemon.undoSeconds !== undefined;
  daemon.undoAfter(0);
  out.push(scheduled ? '0018 Reconfiguration confirmed' : '0019 Nothing to do');
}

/** cmd_reconfig_status(). */
function status({ daemon, out }: Command): void {
  out.push(daemon.stopping ? '0006-Shutdown in progress' : '0003-Daemon is up and running');
  const left = daemon.undoSeconds;
  if (left !== undefined) out.push(`0022-Configuration unconfirmed, undo in ${left.toFixed(3)} s`);
  out.push('0000 ');
}

/** cmd_reconfig_undo(). */
function undo({ daemon, out }: Command): void {
  out.push('0021-Undo requested');
  const done = daemon.undo();
  out.push(done === undefined ? '0019 Nothing to do' : reconfigured(done));
}

/** cmd_reconfig_msg(). */
const reconfigured = (done: boolean): string =>
  done ? '0003 Reconfigured' : '0004 Reconfiguration in progress';
