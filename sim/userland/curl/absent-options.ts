/** Options of curl that its manual names and that are not simulated. A data table. */
export const ABSENT_OPTIONS: ReadonlySet<string> = new Set(
  `--abstract-unix-socket --alt-svc --anyauth --append --aws-sigv4 --basic --capath --ciphers
  --config --connect-to --continue-at --cookie-jar --create-dirs --create-file-mode --crlf
  --crlfile --curves --data-urlencode --delegation --digest --disable --disable-eprt
  --disable-epsv --disallow-username-in-url --dns-interface --dns-ipv4-addr --dns-ipv6-addr
  --dns-servers --doh-cert-status --doh-insecure --doh-url --dump-header --egd-file --engine
  --eprt --epsv --etag-compare --etag-save --expect100-timeout --fail-early --fail-with-body
  --false-start --ftp-account --ftp-alternative-to-user --ftp-create-dirs --ftp-method
  --ftp-pasv --ftp-port --ftp-pret --ftp-skip-pasv-ip --ftp-ssl-ccc --ftp-ssl-ccc-mode
  --ftp-ssl-control --happy-eyeballs-timeout-ms --haproxy-protocol --help --hostpubmd5
  --hostpubsha256 --hsts --http0 --http3 --http3-only --ignore-content-length
  --junk-session-cookies --keepalive-time --key --key-type --krb --libcurl --limit-rate
  --list-only --location-trusted --login-options --mail-auth --mail-from --mail-rcpt
  --mail-rcpt-allowfails --max-filesize --metalink --negotiate --netrc --netrc-file
  --netrc-optional --no-alpn --no-clobber --no-eprt --no-epsv --no-npn --no-sessionid --ntlm
  --ntlm-wb --oauth2-bearer --output-dir --parallel --parallel-immediate --parallel-max --pass
  --pinnedpubkey --post301 --post302 --post303 --preproxy --proto --proto-default
  --proto-redir --pubkey --quote --random-file --range --rate --raw --remote-header-name
  --remote-name-all --remote-time --remove-on-error --request-target --sasl-authzid --sasl-ir
  --service-name --socks4 --socks4a --socks5 --socks5-basic --socks5-gssapi
  --socks5-gssapi-nec --socks5-gssapi-service --socks5-hostname --speed-limit --speed-time
  --ssl --ssl-allow-beast --ssl-auto-client-cert --ssl-no-revoke --ssl-reqd
  --ssl-revoke-best-effort --sslv2 --sslv3 --stderr --styled-output --suppress-connect-headers
  --tcp-fastopen --tcp-nodelay --telnet-option --tftp-blksize --tftp-no-options --time-cond
  --tls-max --tls13-ciphers --tlsauthtype --tlspassword --tlsuser --tlsv1 --tr-encoding
  --trace --trace-ascii --trace-time --unix-socket --url-query --use-ascii --xattr -2 -3 -B -D
  -J -P -Q -R -U -Y -a -all -ftps -h -j -l -n -p -q -t -y`.split(/\s+/),
);
