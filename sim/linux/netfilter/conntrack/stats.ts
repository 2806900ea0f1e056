/** struct ip_conntrack_stat, in the order of /proc/net/stat/nf_conntrack. */
export const newCtStats = () => ({
  clashres: 0,
  found: 0,
  invalid: 0,
  insert: 0,
  insert_failed: 0,
  drop: 0,
  early_drop: 0,
  error: 0,
  chaintoolong: 0,
});

export type CtStats = ReturnType<typeof newCtStats>;
