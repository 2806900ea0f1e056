/** IPUTILS_VERSION() and its list of features, as Debian builds it. */
export const versionText = (tool: string): string =>
  `${tool} from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes\n`;
