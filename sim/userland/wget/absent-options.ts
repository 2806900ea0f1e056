/** Options of wget that its manual names and that are not simulated. A data table. */
export const ABSENT_OPTIONS: ReadonlySet<string> = new Set(
  `-n --accept --accept-regex --adjust-extension --append-output --ask-password
  --auth-no-challenge --background --backup-converted --backups --base --bind-address
  --body-data --body-file --ca-certificate --ca-directory --certificate --certificate-type
  --ciphers --compression --config --connect-timeout --content-disposition --content-on-error
  --continue --convert-file-only --convert-links --crl-file --cut-dirs --debug --default-page
  --delete-after --directory-prefix --dns-timeout --domains --egd-file --exclude-directories
  --exclude-domains --execute --follow-ftp --follow-tags --force-directories --force-html
  --ftp-password --ftp-user --ftps-clear-data-connection --ftps-fallback-to-ftp
  --ftps-implicit --ftps-resume-ssl --help --hsts-file --html-extension --http-password
  --http-user --https-only --ignore-case --ignore-length --ignore-tags --include-directories
  --input-file --keep-badhash --keep-session-cookies --level --limit-rate --load-cookies
  --local-encoding --max-redirect --method --mirror --no-cache --no-clobber --no-config
  --no-cookies --no-directories --no-dns-cache --no-follow-ftp --no-ftps-resume-ssl --no-glob
  --no-host-directories --no-hsts --no-http-keep-alive --no-if-modified-since --no-iri
  --no-netrc --no-parent --no-passive-ftp --no-proxy --no-remove-listing
  --no-use-server-timestamps --no-verbose --no-warc-compression --no-warc-digests
  --no-warc-keep-log --output-file --page-requisites --password --pinnedpubkey --post-file
  --prefer-family --preserve-permissions --private-key --private-key-type --progress
  --protocol-directories --proxy-password --proxy-user --quota --random-file --random-wait
  --read-timeout --recursive --referer --regex-type --reject --reject-regex --rejected-log
  --relative --remote-encoding --report-speed --restrict-file-names --retr-symlinks
  --retry-connrefused --retry-on-host-error --retry-on-http-error --save-cookies
  --save-headers --secure-protocol --show-progress --span-hosts --start-pos --strict-comments
  --timestamping --trust-server-names --unlink --use-askpass --user --user-agent --verbose
  --version --wait --waitretry --warc-cdx --warc-dedup --warc-file --warc-header
  --warc-max-size --warc-tempdir --xattr -B -D -E -F -H -I -K -L -Q -R -U -V -X -a -d -e -h -l
  -nH -nc -nd -np -nv -o -v -w -wget`.split(/\s+/),
);
