import type { Program } from '../../linux/inode';
import { chgrp, chmod, chown, mkfifo, touch, truncate } from './attributes';
import { cat } from './cat';
import { cp, mv } from './copy';
import { cut } from './cut';
import { date } from './date';
import { base64, cksum, digest, md5, sha1, sha256 } from './digest';
import { dd, df, du } from './disk';
import { echo } from './echo';
import { expr } from './expr';
import { head } from './head';
import { install } from './install';
import { join, shuf, split, tsort } from './join-split';
import { comm, expand, fold, nl, paste, tac } from './lines';
import { ln } from './ln';
import { ls } from './ls';
import { od } from './od';
import { mktemp, readlink, realpath, stat } from './path-tools';
import { printf } from './printf';
import { mkdir, rm, rmdir } from './remove';
import { seq } from './seq';
import { sleep } from './sleep';
import {
  arch,
  basename,
  dirname,
  env,
  hostname,
  id,
  nohup,
  nproc,
  printenv,
  pwd,
  truth,
  tty,
  uname,
  whoami,
  yes,
} from './small';
import { sort } from './sort';
import { tail } from './tail';
import { tee } from './tee';
import { test } from './test';
import { timeout } from './timeout';
import { tr } from './tr';
import { uniq } from './uniq';
import { wc } from './wc';

const NAMED = {
  '[': test,
  arch,
  base64,
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  cksum,
  comm,
  cp,
  cut,
  date,
  dd,
  df,
  dirname,
  du,
  echo,
  env,
  expand: expand(false),
  expr,
  false: truth(1),
  fold,
  head,
  hostname,
  id,
  install,
  join,
  ln,
  ls,
  md5sum: digest(md5),
  mkdir,
  mkfifo,
  mktemp,
  mv,
  nl,
  nohup,
  nproc,
  od,
  paste,
  printenv,
  printf,
  pwd,
  readlink,
  realpath,
  rm,
  rmdir,
  seq,
  sha1sum: digest(sha1),
  sha256sum: digest(sha256),
  shuf,
  sleep,
  sort,
  split,
  stat,
  tac,
  tail,
  tee,
  test,
  timeout,
  touch,
  tr,
  true: truth(0),
  truncate,
  tsort,
  tty,
  uname,
  unexpand: expand(true),
  uniq,
  wc,
  whoami,
  yes,
};

/** What Debian's coreutils installs in /usr/bin, as far as it is simulated. */
export const programs: readonly (readonly [path: string, program: Program])[] = Object.entries(
  NAMED,
).map(([name, program]) => [`/usr/bin/${name}`, program] as const);
