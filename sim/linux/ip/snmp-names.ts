/** A MIB of the kernel: its name, and its counters in the order of the file. */
export type Mib = readonly [name: string, counters: readonly string[]];

const mib = (name: string, counters: string): Mib => [name, counters.split(' ')];

/** Groups of /proc/net/snmp: snmp4_ipstats_list[] and its neighbours, net/ipv4/proc.c. */
export const SNMP: readonly Mib[] = [
  mib(
    'Ip',
    'Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos ' +
      'InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ' +
      'ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits',
  ),
  mib(
    'Icmp',
    'InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs ' +
      'InRedirects InEchos InEchoReps InTimestamps InTimestampReps InAddrMasks InAddrMaskReps ' +
      'OutMsgs OutErrors OutRateLimitGlobal OutRateLimitHost OutDestUnreachs OutTimeExcds ' +
      'OutParmProbs OutSrcQuenchs OutRedirects OutEchos OutEchoReps OutTimestamps ' +
      'OutTimestampReps OutAddrMasks OutAddrMaskReps',
  ),
  mib(
    'Tcp',
    'RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets ' +
      'CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors',
  ),
  mib(
    'Udp',
    'InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors ' +
      'IgnoredMulti MemErrors',
  ),
  mib(
    'UdpLite',
    'InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors ' +
      'IgnoredMulti MemErrors',
  ),
];

/** Groups of /proc/net/netstat: snmp4_net_list[], snmp4_ipextstats_list[], mptcp_snmp_list[]. */
export const NETSTAT: readonly Mib[] = [
  mib(
    'TcpExt',
    'SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned ' +
      'OfoPruned OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled PAWSActive ' +
      'PAWSEstab BeyondWindow TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs ' +
      'DelayedACKLocked DelayedACKLost ListenOverflows ListenDrops TCPHPHits TCPPureAcks ' +
      'TCPHPAcks TCPRenoRecovery TCPSackRecovery TCPSACKReneging TCPSACKReorder TCPRenoReorder ' +
      'TCPTSReorder TCPFullUndo TCPPartialUndo TCPDSACKUndo TCPLossUndo TCPLostRetransmit ' +
      'TCPRenoFailures TCPSackFailures TCPLossFailures TCPFastRetrans TCPSlowStartRetrans ' +
      'TCPTimeouts TCPLossProbes TCPLossProbeRecovery TCPRenoRecoveryFail TCPSackRecoveryFail ' +
      'TCPRcvCollapsed TCPBacklogCoalesce TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv ' +
      'TCPDSACKOfoRecv TCPAbortOnData TCPAbortOnClose TCPAbortOnMemory TCPAbortOnTimeout ' +
      'TCPAbortOnLinger TCPAbortFailed TCPMemoryPressures TCPMemoryPressuresChrono ' +
      'TCPSACKDiscard TCPDSACKIgnoredOld TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound ' +
      'TCPMD5Unexpected TCPMD5Failure TCPSackShifted TCPSackMerged TCPSackShiftFallback ' +
      'TCPBacklogDrop PFMemallocDrop TCPMinTTLDrop TCPDeferAcceptDrop IPReversePathFilter ' +
      'TCPTimeWaitOverflow TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail TCPRcvCoalesce ' +
      'TCPOFOQueue TCPOFODrop TCPOFOMerge TCPChallengeACK TCPSYNChallenge TCPFastOpenActive ' +
      'TCPFastOpenActiveFail TCPFastOpenPassive TCPFastOpenPassiveFail ' +
      'TCPFastOpenListenOverflow TCPFastOpenCookieReqd TCPFastOpenBlackhole ' +
      'TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking TCPFromZeroWindowAdv ' +
      'TCPToZeroWindowAdv TCPWantZeroWindowAdv TCPSynRetrans TCPOrigDataSent ' +
      'TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd ' +
      'TCPACKSkippedSynRecv TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2 ' +
      'TCPACKSkippedTimeWait TCPACKSkippedChallenge TCPWinProbe TCPKeepAlive TCPMTUPFail ' +
      'TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed TCPZeroWindowDrop ' +
      'TCPRcvQDrop TCPWqueueTooBig TCPFastOpenPassiveAltKey TcpTimeoutRehash ' +
      'TcpDuplicateDataRehash TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess ' +
      'TCPMigrateReqFailure TCPPLBRehash TCPAORequired TCPAOBad TCPAOKeyNotFound TCPAOGood ' +
      'TCPAODroppedIcmps',
  ),
  mib(
    'IpExt',
    'InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets ' +
      'OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets InCsumErrors ' +
      'InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps',
  ),
  mib(
    'MPTcpExt',
    'MPCapableSYNRX MPCapableSYNTX MPCapableSYNACKRX MPCapableACKRX MPCapableFallbackACK ' +
      'MPCapableFallbackSYNACK MPCapableSYNTXDrop MPCapableSYNTXDisabled MPCapableEndpAttempt ' +
      'MPFallbackTokenInit MPTCPRetrans MPJoinNoTokenFound MPJoinSynRx MPJoinSynBackupRx ' +
      'MPJoinSynAckRx MPJoinSynAckBackupRx MPJoinSynAckHMacFailure MPJoinAckRx ' +
      'MPJoinAckHMacFailure MPJoinRejected MPJoinSynTx MPJoinSynTxCreatSkErr MPJoinSynTxBindErr ' +
      'MPJoinSynTxConnectErr DSSNotMatching DSSCorruptionFallback DSSCorruptionReset ' +
      'InfiniteMapTx InfiniteMapRx DSSNoMatchTCP DataCsumErr OFOQueueTail OFOQueue OFOMerge ' +
      'NoDSSInWindow DuplicateData AddAddr AddAddrTx AddAddrTxDrop EchoAdd EchoAddTx ' +
      'EchoAddTxDrop PortAdd AddAddrDrop MPJoinPortSynRx MPJoinPortSynAckRx MPJoinPortAckRx ' +
      'MismatchPortSynRx MismatchPortAckRx RmAddr RmAddrDrop RmAddrTx RmAddrTxDrop RmSubflow ' +
      'MPPrioTx MPPrioRx MPFailTx MPFailRx MPFastcloseTx MPFastcloseRx MPRstTx MPRstRx ' +
      'SubflowStale SubflowRecover SndWndShared RcvWndShared RcvWndConflictUpdate ' +
      'RcvWndConflict MPCurrEstab Blackhole MPCapableDataFallback MD5SigFallback DssFallback ' +
      'SimultConnectFallback FallbackFailed WinProbe',
  ),
];

/** Groups of /proc/net/snmp6: net/ipv6/proc.c. */
export const SNMP6: readonly Mib[] = [
  mib(
    'Ip6',
    'InReceives InHdrErrors InTooBigErrors InNoRoutes InAddrErrors InUnknownProtos ' +
      'InTruncatedPkts InDiscards InDelivers OutForwDatagrams OutRequests OutDiscards ' +
      'OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates ' +
      'InMcastPkts OutMcastPkts InOctets OutOctets InMcastOctets OutMcastOctets InBcastOctets ' +
      'OutBcastOctets InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts OutTransmits',
  ),
  mib(
    'Icmp6',
    'InMsgs InErrors OutMsgs OutErrors InCsumErrors OutRateLimitHost InDestUnreachs ' +
      'InPktTooBigs InTimeExcds InParmProblems InEchos InEchoReplies InGroupMembQueries ' +
      'InGroupMembResponses InGroupMembReductions InRouterSolicits InRouterAdvertisements ' +
      'InNeighborSolicits InNeighborAdvertisements InRedirects InMLDv2Reports OutDestUnreachs ' +
      'OutPktTooBigs OutTimeExcds OutParmProblems OutEchos OutEchoReplies OutGroupMembQueries ' +
      'OutGroupMembResponses OutGroupMembReductions OutRouterSolicits OutRouterAdvertisements ' +
      'OutNeighborSolicits OutNeighborAdvertisements OutRedirects OutMLDv2Reports',
  ),
  mib(
    'Udp6',
    'InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors ' +
      'IgnoredMulti MemErrors',
  ),
  mib(
    'UdpLite6',
    'InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors ' +
      'MemErrors',
  ),
];
