import { err, ok, type Result } from '../../base/result';
import type { Mac } from '../../wire/frame';
import { parseMac } from '../../wire/mac';

/** net.ParseMAC() as far as it gives six bytes: two digits each, by colons or hyphens, or Cisco's form. */
export function parseGoMac(text: string): Result<Mac, string> {
  const colons = /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i;
  const dots = /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i;
  const plain = colons.test(text) || dots.test(text) ? text.replace(/[:.-]/g, '') : '';
  const mac = parseMac(plain.replace(/..(?=.)/g, '$&:'));
  return mac === undefined ? err(`address ${text}: invalid MAC address`) : ok(mac);
}
