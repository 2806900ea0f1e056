/** What a protocol's tracker says of a packet: NF_ACCEPT, -NF_ACCEPT, -NF_REPEAT, NF_DROP. */
export type TrackResult = 'accept' | 'invalid' | 'repeat' | 'drop';
