import type { XtTcpmssTarget } from '../../../linux/netfilter/xt-target';
import type { Family } from '../../../wire/ip';
import { parameterProblem, type TargetExtension, targetExtension } from '../extension';
import { TARGET_HELP } from './help-text';

interface MssDraft {
  mss: number | undefined;
}

/** extensions/libxt_TCPMSS.c: what a header leaves of 65535 bytes is the most. */
const tcpmssTarget = (family: Family, max: number): TargetExtension =>
  targetExtension<XtTcpmssTarget, MssDraft, 'mss' | 'clamp'>({
    name: 'TCPMSS',
    families: [family],
    own: (t) => (t.name === 'TCPMSS' ? t : undefined),
    options: [
      { name: 'set-mss', id: 'mss', type: 'uint16', max },
      { name: 'clamp-mss-to-pmtu', id: 'clamp', type: 'none' },
    ],
    help: TARGET_HELP.TCPMSS,
    init: () => ({ mss: undefined }),
    parse: (draft, { id, value }) => {
      draft.mss = id === 'clamp' ? undefined : value.num;
      return undefined;
    },
    finalCheck: (_, flags) => (flags.size === 0 ? parameterProblem(NO_OPTION) : undefined),
    build: ({ mss }) => ({ name: 'TCPMSS', mss }),
    print: ({ mss }) => (mss === undefined ? ' TCPMSS clamp to PMTU' : ` TCPMSS set ${mss}`),
    save: ({ mss }) => (mss === undefined ? ' --clamp-mss-to-pmtu' : ` --set-mss ${mss}`),
    xlate: ({ mss }) => `tcp option maxseg size set ${mss ?? 'rt mtu'}`,
  });

const NO_OPTION = 'TCPMSS target: At least one parameter is required';

export const tcpmssV4 = tcpmssTarget(4, 65_515);
export const tcpmssV6 = tcpmssTarget(6, 65_495);
