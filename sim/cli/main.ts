import { bench } from './bench';
import { fidelity } from './fidelity';
import { fuzz } from './fuzz';
import { grade } from './grade-command';
import { labTest } from './lab-test';
import { pcap } from './pcap-command';
import { transcript } from './transcript';
import { truth } from './truth';

const USAGE = `usage:
  sim transcript FILE.sh                  run a script on a fresh Linux host, JSON lines out
  sim truth KIND QUESTIONS.json INPUTS    answer a set of fixtures, JSON lines out
  sim bench [NAME]                        the benchmarks, JSON out
  sim fidelity [--check | TOOL...]        write docs/fidelity.json, compare it, or look at a tool
  sim fidelity --parity                   compare all recordings, write docs/parity.json
  sim fuzz packets|commands N [SEED]      random packets, random command lines; what fails, by seed
  sim pcap FILE.sh OUT.pcap DEVICE        capture what a script sends on a device
  hopwise lab test [SLUG...]              prove labs by their solutions and mutants
  hopwise grade LAB FILE... [--format json|junit|tap|gradescope] [--out FILE] [--seed SEED]
`;

/** The engine's command line; the value is the exit status. */
async function main(args: readonly string[]): Promise<number> {
  const [command = '', ...rest] = args;
  switch (command) {
    case 'transcript':
      return await transcript(rest);
    case 'truth':
      return await truth(rest);
    case 'bench':
      return await bench(rest);
    case 'fidelity':
      return await fidelity(rest);
    case 'fuzz':
      return await fuzz(rest);
    case 'pcap':
      return await pcap(rest);
    case 'lab':
      if (rest[0] === 'test') return await labTest(rest.slice(1));
      break;
    case 'grade':
      return await grade(rest);
    case 'help':
    case '--help':
      process.stdout.write(USAGE);
      return 0;
  }
  process.stderr.write(USAGE);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
