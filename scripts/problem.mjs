// Errors that the person at the terminal can act on, in words. Built-in modules only.

/** Printed without a stack; exit code 1. */
export class Problem extends Error {}

const WORDS = {
  EROFS: (path) =>
    `${path} is on a read-only disk. Copy Hopwise to a folder that can be written to`,
  EACCES: (path) => `No permission to write ${path}. Change its owner, or use a folder of your own`,
  EPERM: (path) => `No permission to write ${path}. Change its owner, or use a folder of your own`,
  ENOSPC: (path) =>
    `The disk is full (while writing ${path}). Free some space (about 2 GB) and start again`,
  EDQUOT: (path) =>
    `Your disk quota is used up (while writing ${path}). Free some space and start again`,
  ENOTDIR: (path) => `${path} is not a folder`,
  EEXIST: (path) => `${path} is not a folder`,
};

const DATA_HINT = 'HOPWISE_DATA=/some/folder chooses another place for the data.';

/** What a failed system call means; other errors are returned as they are. */
export function inWords(error, path = error?.path ?? 'a file') {
  const words = WORDS[error?.code];
  return words ? new Problem(`${words(path)}.\n${DATA_HINT}`) : error;
}

/** What the text of a failed installation says about its cause. */
export function installHint(output) {
  if (/ENOSPC|no space left/i.test(output))
    return inWords({ code: 'ENOSPC' }, 'node_modules').message;
  if (/EROFS/.test(output)) return inWords({ code: 'EROFS' }, 'node_modules').message;
  if (/EACCES/.test(output)) return inWords({ code: 'EACCES' }, 'node_modules').message;
  if (/gyp ERR|not found: (make|g\+\+|python)|Could not find any Python/i.test(output)) {
    return (
      'The SQLite driver had to be compiled, and that failed. It needs python3, make and a C++ compiler:\n' +
      '  Debian, Ubuntu: sudo apt-get install python3 make g++\n' +
      '  macOS:          xcode-select --install'
    );
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(output)) {
    return 'The package registry could not be reached. Check the network (and the proxy settings of npm).';
  }
  return 'The lines above say why. Nothing was started.';
}

/** Runs `main`; a Problem ends in its words, anything else in a stack. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    const told = inWords(error);
    console.error(told instanceof Problem ? `\nhopwise: ${told.message}` : told);
    process.exit(1);
  }
}
