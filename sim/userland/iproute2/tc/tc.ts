import type { NetDevice } from '../../../linux/device/net-device';
import type { Program } from '../../../linux/inode';
import { Args, matches } from '../args';
import { exit, run, Stdio, type Step } from '../command';
import { defaultOptions, ToolContext } from '../context';

/** usage() of tc/tc.c. */
const USAGE = `Usage:	tc [ OPTIONS ] OBJECT { COMMAND | help }
	tc [-force] -batch filename
where  OBJECT := { qdisc | class | filter | chain |
		    action | monitor | exec }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -r[aw] |
		    -o[neline] | -j[son] | -p[retty] | -c[olor]
		    -b[atch] [filename] | -n[etns] name | -N[umeric] |
		     -nm | -nam[es] | { -cf | -conf } path
		     -br[ief] }
`;

const OBJECTS = ['class', 'filter', 'chain', 'actions', 'monitor', 'exec'];
const VERBS = ['add', 'change', 'replace', 'link', 'delete', 'help'];

/** tc of iproute2 6.1.0: `tc qdisc show` only, as no queue of ours shapes traffic. */
export const tc: Program = (proc, argv) => {
  const stdio = new Stdio();
  const ctx = new ToolContext(proc, stdio, defaultOptions());
  return run(proc, stdio, main(ctx, new Args(argv, stdio, 1)));
};

function* main(ctx: ToolContext, args: Args): Step<number> {
  while (args.current.startsWith('-')) {
    const word = args.take();
    if (matches(word, '-Version') && word.startsWith('-V')) {
      ctx.stdio.out('tc utility, iproute2-6.1.0, libbpf 1.1.2\n');
      return 0;
    }
    yield* args.notSimulated('tc', word);
  }
  const object = args.left > 0 ? args.take() : 'help';
  if (!matches(object, 'qdisc')) {
    if (matches(object, 'help')) {
      ctx.stdio.error(USAGE);
      return yield* exit(-1);
    }
    if (OBJECTS.some((name) => matches(object, name))) yield* args.notSimulated('tc', object);
    return yield* args.fail(`Object "${object}" is unknown, try "tc help".\n`);
  }
  const verb = args.left > 0 ? args.take() : 'show';
  if (!matches(verb, 'show') && !matches(verb, 'list') && !matches(verb, 'lst')) {
    if (VERBS.some((name) => matches(verb, name))) yield* args.notSimulated('tc qdisc', verb);
    return yield* args.fail(`Command "${verb}" is unknown, try "tc qdisc help".\n`);
  }
  let only: NetDevice | undefined;
  while (args.left > 0) {
    const word = args.take();
    if (word !== 'dev') yield* args.notSimulated('tc qdisc show', word);
    const name = yield* args.value();
    only = ctx.device(name);
    if (!only) return -ctx.noDevice(name);
  }
  for (const dev of ctx.net.devices()) {
    if (only && only !== dev) continue;
    ctx.stdio.out(qdiscLine(dev, only === undefined));
  }
  return 0;
}

/** print_qdisc(), tc/tc_qdisc.c, of the disciplines that a device gets by itself. */
function qdiscLine(dev: NetDevice, named: boolean): string {
  const head = `0: ${named ? `dev ${dev.name} ` : ''}root refcnt 2 `;
  switch (dev.qdisc) {
    case 'noqueue':
      return `qdisc noqueue ${head}\n`;
    case 'pfifo_fast':
      return `qdisc pfifo_fast ${head}bands 3 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 1\n`;
    default:
      return '';
  }
}
