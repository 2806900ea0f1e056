/** A release of containernetworking-plugins, as far as releases differ in what a user sees. */
export interface Release {
  /** Newest version of the specification that it speaks. */
  readonly specVersion: string;
  readonly supportedVersions: readonly string[];
  /** An empty `dns` is left out, and fields are sorted (cni v1.1 on). */
  readonly sparseResult: boolean;
  /** LinkAttrs leave the queue length to the kernel (netlink.NewLinkAttrs, v1.2 on). */
  readonly keepsQueueLength: boolean;
  /** New words and behaviour of v1.5 and later. */
  readonly modern: boolean;
}

const UP_TO_1_0 = ['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0'];

/** Debian 12's package: plugins v1.1.1 over cni v1.0.1, in /usr/lib/cni. */
export const DEBIAN: Release = {
  specVersion: '1.0.0',
  supportedVersions: UP_TO_1_0,
  sparseResult: false,
  keepsQueueLength: false,
  modern: false,
};

/** What Kubernetes' own packages put into /opt/cni/bin: plugins v1.9.1 over cni v1.3.0. */
export const UPSTREAM: Release = {
  specVersion: '1.1.0',
  supportedVersions: [...UP_TO_1_0, '1.1.0'],
  sparseResult: true,
  keepsQueueLength: true,
  modern: true,
};
