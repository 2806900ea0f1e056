/** What one engine keeps of the swarm that it is in. */
export interface SwarmNode {
  readonly id: string;
}
