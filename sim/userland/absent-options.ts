/** Options that Debian 12's manuals name and the tools here do not take, by tool. A data table. */
const ABSENT: Readonly<Record<string, string>> = {
  chgrp: '--dereference --no-preserve-root --preserve-root --reference -H -L -P',
  chmod: '--no-preserve-root --preserve-root',
  chown: '--dereference --from --no-preserve-root --preserve-root --reference -H -L -P',
  arp: '--device --file --hw-type --protocol -p',
  cksum: `--algorithm --check --debug --ignore-missing --length --quiet --status --strict --tag
    --untagged --warn --zero -c -l -w -z`,
  column: `--table-columns-limit --table-header-repeat --table-hide --table-name --table-noextreme
    --table-order --table-truncate --table-wrap --tree --tree-id --tree-parent -V -h -i -l -p -r`,
  cp: `--attributes-only --context --copy-contents --one-file-system --reflink --remove-destination
    --sparse --strip-trailing-slashes -Z`,
  date: '--resolution',
  df: '--block-size --no-sync --si --sync -B -v',
  diff: `--ed --exclude-from --expand-tabs --from-file --horizon-lines --ifdef
    --ignore-file-name-case --ignore-matching-lines --ignore-tab-expansion --initial-tab
    --left-column --line-format --minimal --no-dereference --no-ignore-file-name-case --normal
    --paginate --palette --rcs --show-c-function --show-function-line --speed-large-files
    --starting-file --suppress-blank-empty --suppress-common-lines --tabsize --to-file
    --unidirectional-new-file --width -D -E -F -I -S -T -W -X -e -l -n -p -v`,
  dmesg: `--buffer-size --color --facility --file --force-prefix --human --json --noescape --nopager
    --raw --reltime --show-delta --since --syslog --time-format --until --userspace -F -H -J -L
    -P -S -V -d -e -f -h -p -r -s -u`,
  du: `--block-size --count-links --dereference --dereference-args --exclude --exclude-from
    --files0-from --inodes --no-dereference --null --one-file-system --separate-dirs --si
    --threshold --time --time-style -0 -B -D -H -P -S -X -l -t`,
  env: '--block-signal --default-signal --ignore-signal --list-signal-handling',
  find: `-anewer -cnewer -context -fls -fprint -fprint0 -fprintf -fstype -gid -ilname -inum -links
    -lname -nouser -nogroup -ok -okdir -regextype -d -follow -ignore_readdir_race -iwholename -newermt -nowarn -warn -help -version -samefile -uid -used -D -O0 -O1 -O2 -O3`,
  grep: '--colour --devices --directories --group-separator --no-group-separator -D -d',
  hexdump: `--color --format --format-file --one-byte-char --one-byte-octal --two-bytes-decimal
    --two-bytes-hex --two-bytes-octal -L -V -h`,
  hostname: '--alias --all-fqdns --boot --file --nis --yp -F -V -h -y',
  id: '--context',
  install: `--backup --compare --context --preserve-context --strip --strip-program --suffix -C -S -Z -b`,
  less: `-# --CLEAR-SCREEN --HILITE-SEARCH --HILITE-UNREAD --IGNORE-CASE --LINE-NUMBERS --LOG-FILE
    --LONG-PROMPT --MOUSE --QUIET --QUIT-AT-EOF --RAW-CONTROL-CHARS --SEARCH-SKIP-SCREEN
    --SILENT --UNDERLINE-SPECIAL --auto-buffers --buffers --chop-long-lines --clear-screen
    --color --dumb --file-size --follow-name --force --hilite-search --hilite-unread
    --ignore-case --incsearch --jump-target --lesskey-file --lesskey-src --line-num-width
    --line-numbers --log-file --long-prompt --max-back-scroll --max-forw-scroll --mouse
    --no-histdups --no-init --no-keypad --no-lessopen --pattern --prompt --quiet --quit-at-eof
    --quit-if-one-screen --quit-on-intr --raw-control-chars --rscroll --save-marks
    --search-skip-screen --shift --silent --squeeze-blank-lines --status-col-width
    --status-column --tabs --tag --tag-file --underline-special --use-backslash --use-color
    --wheel-lines --window -? -A -B -C -D -G -J -L -O -P -Q -T -U -V -a -b -c -d -f -h -j -k -o
    -t -x -y`,
  ln: '--backup --directory --suffix -F -d',
  ls: `--author --block-size --context --dereference-command-line
    --dereference-command-line-symlink-to-dir --dired --escape --hide-control-chars --hyperlink
    --indicator-style --kibibytes --quoting-style --show-control-chars --tabsize --zero -D`,
  md5sum: '--ignore-missing',
  mkdir: '--context',
  mkfifo: '--context',
  mv: '--context -Z',
  netstat: `--ax25 --bluetooth --cache --context --continuous --ddp --fib --groups --ipx --masquerade
    --netrom --numeric-users --program --protocol --symbolic --timers -A`,
  od: '--endian --strings --traditional -S -a -f -i -l -s',
  rev: '-V -h',
  sha1sum: '--ignore-missing',
  sha256sum: '--ignore-missing',
  sort: '--batch-size --compress-program --debug --files0-from --random-source',
  split: '--elide-empty-files --filter --line-bytes --separator --unbuffered -t',
  tail: '--max-unchanged-stats',
  watch: `--beep --chgexit --color --differences --equexit --errexit --no-wrap --precise -b -c -d -e
    -g -h -p -q -v -w`,
  xargs: '--process-slot-var --show-limits',
  xxd: '-1 -C -EBCDIC -autoskip -bits -d -h -help -include -n -revert -v -version',
};

/** Other names of a tool. */
const SAME_AS: Readonly<Record<string, string>> = { hd: 'hexdump' };

/** Is this an option (`-x`, `--name`) that the real tool has and ours has not? */
export function isAbsentOption(program: string, option: string): boolean {
  const name = program.replace(/^.*\//, '');
  const tool = SAME_AS[name] ?? name;
  const names = Object.hasOwn(ABSENT, tool) ? ABSENT[tool] : undefined;
  return names?.split(/\s+/).includes(option) === true;
}
