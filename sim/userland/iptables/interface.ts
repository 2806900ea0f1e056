import { bad, good, type Parsed } from './extension';

const IFNAMSIZ = 16;

/** xtables_parse_interface(): the name as given, with its `+`. */
export function parseInterface(name: string, warn: (text: string) => void): Parsed<string> {
  if (name.length + 1 > IFNAMSIZ) {
    return bad(`interface name \`${name}' must be shorter than IFNAMSIZ (${IFNAMSIZ - 1})`);
  }
  if (/[/ ]/.test(name)) {
    warn(
      `Warning: weird character in interface \`${name}' ('/' and ' ' are not allowed by the kernel).\n`,
    );
  }
  return good(name);
}
