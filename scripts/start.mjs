// `npm start`: makes the clone ready, then serves the site. `--dev` serves it with live reload instead.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { bootstrap, checkNode, ROOT } from './bootstrap.mjs';
import { Problem, runMain } from './problem.mjs';

const DEFAULT_PORT = 3000;
const POLL_MS = 250;

function portOf(env) {
  const text = env.PORT || String(DEFAULT_PORT);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Problem(`PORT must be a number from 1 to 65535, not "${text}".`);
}

/** Asks for the port before the long work, so that a taken one is told at once. */
function mustBeFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(portProblem(error, port)));
    server.listen(port, () => server.close(() => resolve()));
  });
}

function portProblem(error, port) {
  if (error.code === 'EADDRINUSE') {
    return new Problem(
      `Port ${port} is taken by another program. Stop that one, or choose another port:\n` +
        `  PORT=${port + 1} npm start`,
    );
  }
  if (error.code === 'EACCES') {
    return new Problem(
      `No permission to listen on port ${port}: choose one above 1023 with PORT=…`,
    );
  }
  return error;
}

async function announce(port, started, isRunning) {
  while (isRunning()) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer?.ok) {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`hopwise: ready after ${seconds} s: http://localhost:${port}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function main() {
  const started = Date.now();
  const isDev = process.argv.includes('--dev');
  checkNode();
  const port = portOf(process.env);
  await mustBeFree(port);
  const env = await bootstrap({ production: !isDev });
  const next = join(ROOT, 'node_modules/next/dist/bin/next');
  const host = process.env.HOST ? ['-H', process.env.HOST] : [];
  const child = spawn(
    process.execPath,
    [next, isDev ? 'dev' : 'start', '-p', String(port), ...host],
    { cwd: ROOT, env: { ...env, PORT: String(port) }, stdio: 'inherit' },
  );
  let running = true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => {
    running = false;
    process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
  });
  await announce(port, started, () => running);
}

await runMain(main);
