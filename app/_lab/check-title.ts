import type { CheckSpec, StateOf, TargetSpec } from '@/sim/lab/check-schema';
import { type Words, words } from '@/sim/lab/words';

/** What a check wants, said from its assertion when the lab gives it no title. */
export function checkTitle(check: CheckSpec): Words {
  if (check.title) return check.title;
  switch (check.assert) {
    case 'reach':
      return words((l) =>
        l === 'en'
          ? `\`${check.from}\` reaches \`${check.to.ip}\`${howOf(check.to)}`
          : `\`${check.from}\`에서 \`${check.to.ip}\`에 닿아요${howOf(check.to)}`,
      );
    case 'notReach':
      return words((l) =>
        l === 'en'
          ? `\`${check.from}\` does not reach \`${check.to.ip}\`${howOf(check.to)}`
          : `\`${check.from}\`에서 \`${check.to.ip}\`에 닿지 않아요${howOf(check.to)}`,
      );
    case 'path':
      return words((l) =>
        l === 'en'
          ? `The way from \`${check.from}\` to \`${check.to.ip}\``
          : `\`${check.from}\`에서 \`${check.to.ip}\`(으)로 가는 길`,
      );
    case 'matrix': {
      const names = check.among.map(({ name }) => name).join(', ');
      return { en: `Who reaches whom: ${names}`, ko: `누가 누구에게 닿는지: ${names}` };
    }
    case 'state':
      return stateTitle(check.on, check.is, check.absent);
    case 'command':
      return {
        en: `\`${check.run}\` on \`${check.on}\``,
        ko: `\`${check.on}\`에서 \`${check.run}\``,
      };
    case 'answer':
    case 'predict':
      return check.question;
  }
}

function howOf(to: TargetSpec): string {
  if (to.http) return ` (HTTP ${to.http.port})`;
  if (to.tcp !== undefined) return ` (TCP ${to.tcp})`;
  if (to.udp !== undefined) return ` (UDP ${to.udp})`;
  return ' (ICMP)';
}

function stateTitle(on: string, is: StateOf, isAbsent: boolean): Words {
  const what = describe(is);
  if (isAbsent) return { en: `\`${on}\` has no ${what}`, ko: `\`${on}\`에 ${what} 없음` };
  return { en: `\`${on}\` has ${what}`, ko: `\`${on}\`에 ${what} 있음` };
}

function describe(is: StateOf): string {
  const [kind] = Object.keys(is);
  if ('link' in is) {
    const { name, master, up } = is.link;
    const more = [
      master === undefined ? '' : `master ${master}`,
      up ? 'UP' : up === false ? 'DOWN' : '',
    ];
    return `\`link ${[name, ...more].filter(Boolean).join(' ')}\``;
  }
  if ('address' in is)
    return `\`${is.address.cidr}${is.address.dev ? ` dev ${is.address.dev}` : ''}\``;
  if ('route' in is)
    return `\`route ${is.route.dst}${is.route.via ? ` via ${is.route.via}` : ''}\``;
  if ('sysctl' in is) return `\`${is.sysctl.name} = ${is.sysctl.value}\``;
  if ('netns' in is) return `\`netns ${is.netns}\``;
  if ('neighbour' in is) return `\`neigh ${is.neighbour.ip}\``;
  if ('file' in is) return `\`${is.file.path}\``;
  if ('process' in is) return `\`${is.process.command}\``;
  if ('listening' in is) return `\`${is.listening.udp ? 'udp' : 'tcp'} ${is.listening.port}\``;
  return kind ?? '';
}
