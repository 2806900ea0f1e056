import { Prng } from '../base/prng';
import { err, ok, type Result } from '../base/result';
import { broadcastOf, formatIp, networkOf, parseCidr } from '../wire/ip';
import type { LabYaml } from './lab-schema';

/** What the seed of an attempt drew: readable as `${name}` in text, setup, checks and solutions. */
export type Variant = Readonly<Record<string, string>>;

/** All variants of a lab if there are at most `limit`, else `limit` draws by seeds `0`, `1`, …. */
export function variantsOf(yaml: LabYaml, limit = 64): readonly Variant[] {
  const names = Object.keys(yaml.variants);
  const count = names.reduce((n, name) => n * (yaml.variants[name]?.oneOf.length ?? 1), 1);
  if (count > limit) return Array.from({ length: limit }, (_, i) => drawVariant(yaml, String(i)));
  let all: Variant[] = [{}];
  for (const name of names) {
    const values = yaml.variants[name]?.oneOf ?? [];
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: String(value) })));
  }
  return all;
}

/** The variant that a seed stands for. */
export function drawVariant(yaml: LabYaml, seed: string): Variant {
  const drawn: Record<string, string> = {};
  for (const [name, { oneOf }] of Object.entries(yaml.variants)) {
    const prng = new Prng(`${seed}/variant/${name}`);
    drawn[name] = String(oneOf[prng.below(oneOf.length)]);
  }
  return drawn;
}

/**
 * Fills `${name}` and, for a variant that is a prefix: `${subnet.host(2)}` its second address, `.cidr(2)` that with
 * the length, `.network`, `.prefixLen`, `.netmask`, `.broadcast`. The shell's own `${x}` stays when no variant has the name.
 */
export function fill(text: string, variant: Variant): Result<string, string> {
  let wrong: string | undefined;
  const done = text.replace(
    /\$\{([a-z][a-zA-Z0-9]*)(?:\.([a-zA-Z]+)(?:\((\d+)\))?)?\}/g,
    (whole, name: string, member: string | undefined, argument: string | undefined) => {
      const value = Object.hasOwn(variant, name) ? variant[name] : undefined;
      if (value === undefined) return whole;
      if (member === undefined) return value;
      const part = memberOf(value, member, Number(argument ?? 0));
      if (part === undefined) wrong ??= `${whole}: '${value}' has no ${member}`;
      return part ?? whole;
    },
  );
  return wrong === undefined ? ok(done) : err(wrong);
}

function memberOf(value: string, member: string, n: number): string | undefined {
  const cidr = parseCidr(value);
  if (!cidr) return undefined;
  const network = networkOf(cidr.address, cidr.prefixLen);
  const host = typeof network === 'number' ? network + n : network + BigInt(n);
  switch (member) {
    case 'host':
      return formatIp(host);
    case 'cidr':
      return `${formatIp(host)}/${cidr.prefixLen}`;
    case 'network':
      return formatIp(network);
    case 'prefixLen':
      return String(cidr.prefixLen);
    case 'broadcast':
      return typeof network === 'number'
        ? formatIp(broadcastOf(network, cidr.prefixLen))
        : undefined;
    default:
      return undefined;
  }
}

/** Fills every string of a value (a check, a world) that zod has let through. */
export function fillDeep<T>(value: T, variant: Variant): Result<T, string> {
  const text = fill(JSON.stringify(value), jsonSafe(variant));
  return text.ok ? ok(JSON.parse(text.value)) : text;
}

const jsonSafe = (variant: Variant): Variant =>
  Object.fromEntries(
    Object.entries(variant).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]),
  );
