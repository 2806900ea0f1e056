import * as z from 'zod';

/** Names of hosts, devices and worlds: what RFC 1123 and IFNAMSIZ allow. */
const hostName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'a host name: a-z, 0-9 and -, at most 31');
const deviceName = z
  .string()
  .regex(/^[a-zA-Z][\w.-]{0,14}$/, 'an interface name of at most 15 characters');
const port = z.string().regex(/^[a-z][a-z0-9-]*:[a-zA-Z][\w.-]{0,14}$/, 'HOST:DEVICE');

const interfaceSchema = z.strictObject({
  name: deviceName,
  mac: z.string().optional(),
  addresses: z.array(z.string()).default([]),
  mtu: z.int().min(68).max(9216).optional(),
  up: z.boolean().default(true),
});

const hostSchema = z.strictObject({
  name: hostName,
  interfaces: z.array(interfaceSchema).max(16).default([]),
  routes: z.array(z.string()).max(64).default([]),
  sysctl: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** Docker Engine is installed and runs, with the images `net` and `web`. */
  docker: z.boolean().default(false),
  /** Where the learner has no terminal (a router of the provider, say). */
  closed: z.boolean().default(false),
});

/** A machine room: hosts, the cables between their interfaces, and switches where more than two meet. */
export const worldSchema = z.strictObject({
  hosts: z.array(hostSchema).min(1).max(32),
  cables: z
    .array(z.strictObject({ between: z.tuple([port, port]), delayUs: z.int().min(0).default(100) }))
    .default([]),
  switches: z
    .array(z.strictObject({ name: hostName, ports: z.array(port).min(2).max(32) }))
    .default([]),
  ipv6: z.boolean().default(true),
});
export type WorldSpec = z.infer<typeof worldSchema>;
export type HostSpec = WorldSpec['hosts'][number];
