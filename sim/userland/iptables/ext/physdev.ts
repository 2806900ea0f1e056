import type { Invertible, XtPhysdev } from '../../../linux/netfilter/xt-match';
import { matchExtension, parameterProblem } from '../extension';
import { parseInterface } from '../interface';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

type Id = 'physIn' | 'physOut' | 'isIn' | 'isOut' | 'isBridged';

/** extensions/libxt_physdev.c. */
export const physdev = matchExtension<XtPhysdev, Draft<XtPhysdev>, Id>({
  name: 'physdev',
  own: (m) => (m.name === 'physdev' ? m : undefined),
  options: [
    { name: 'physdev-in', id: 'physIn', type: 'string', invert: true },
    { name: 'physdev-out', id: 'physOut', type: 'string', invert: true },
    { name: 'physdev-is-in', id: 'isIn', type: 'none', invert: true },
    { name: 'physdev-is-out', id: 'isOut', type: 'none', invert: true },
    { name: 'physdev-is-bridged', id: 'isBridged', type: 'none', invert: true },
  ],
  help: MATCH_HELP.physdev,
  init: () => ({ name: 'physdev' }),
  parse: (draft, { id, arg, invert, warn }) => {
    if (id === 'physIn' || id === 'physOut') {
      const name = parseInterface(arg, warn);
      if (!name.ok) return name.error;
      draft[id] = { value: name.value, invert };
    } else draft[id] = { value: true, invert };
    return undefined;
  },
  finalCheck: (_, flags) =>
    flags.size === 0 ? parameterProblem('PHYSDEV: no physdev option specified') : undefined,
  build: (draft) => ({ ...draft }),
  print: (m) => ` PHYSDEV match${text(m)}`,
  save: text,
});

function text(m: XtPhysdev): string {
  const put = (option: Invertible<string | true> | undefined, name: string): string => {
    if (!option) return '';
    const value = option.value === true ? '' : ` ${option.value}`;
    return `${option.invert ? ' !' : ''} --physdev-${name}${value}`;
  };
  return (
    put(m.isIn, 'is-in') +
    put(m.physIn, 'in') +
    put(m.isOut, 'is-out') +
    put(m.physOut, 'out') +
    put(m.isBridged, 'is-bridged')
  );
}
