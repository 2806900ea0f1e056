// Data table: the sixteen modules of the course, in their order, with what each is about.
import type { Locale } from '@/app/_i18n/routing';

export interface CourseModule {
  /** Folder of `content/`. */
  readonly slug: string;
  readonly number: number;
  readonly title: Readonly<Record<Locale, string>>;
  readonly summary: Readonly<Record<Locale, string>>;
}

type Words = readonly [title: string, summary: string];

const courseModule = (number: number, name: string, en: Words, ko: Words): CourseModule => ({
  slug: `${String(number).padStart(2, '0')}-${name}`,
  number,
  title: { en: en[0], ko: ko[0] },
  summary: { en: en[1], ko: ko[1] },
});

export const COURSE: readonly CourseModule[] = [
  courseModule(
    1,
    'links-and-routes',
    ['Links and routes', 'ARP, routers, the routing table and dual stack.'],
    ['링크와 라우팅', 'ARP, 라우터, 라우팅 테이블, 듀얼 스택'],
  ),
  courseModule(
    2,
    'namespaces',
    ['Namespaces', 'Network namespaces, veth pairs, bridges, and joining two nodes.'],
    ['네임스페이스', '네트워크 네임스페이스, veth, 브리지, 두 노드 잇기'],
  ),
  courseModule(
    3,
    'nat',
    ['NAT', 'Masquerade, published ports, and how replies find their way.'],
    ['NAT', '마스커레이드, 포트 공개, 응답이 돌아오는 길'],
  ),
  courseModule(
    4,
    'mtu',
    ['MTU', 'Fragmentation, path MTU discovery and the cost of encapsulation.'],
    ['MTU', '단편화, 경로 MTU 탐색, 캡슐화의 비용'],
  ),
  courseModule(
    5,
    'docker',
    ['Docker networking', 'Bridge networks with DNS, the host network, overlays.'],
    ['도커 네트워킹', 'DNS가 있는 브리지 네트워크, 호스트 네트워크, 오버레이'],
  ),
  courseModule(
    6,
    'overlay-underlay',
    ['Overlay and underlay', 'VXLAN and IP-in-IP by hand, cloud routes, BGP.'],
    ['오버레이와 언더레이', '손으로 만드는 VXLAN과 IP-in-IP, 클라우드 경로, BGP'],
  ),
  courseModule(
    7,
    'pods',
    ['Pods', 'The pause container, the flat network model, hostPort.'],
    ['파드', 'pause 컨테이너, 평평한 네트워크 모델, hostPort'],
  ),
  courseModule(
    8,
    'cni',
    ['CNI', 'What a plugin is asked, and one written in bash.'],
    ['CNI', '플러그인이 받는 요청, bash로 쓰는 플러그인'],
  ),
  courseModule(
    9,
    'networks',
    ['Network solutions', 'Weave Net, Flannel, Calico, AWS VPC CNI and Cilium.'],
    ['네트워크 솔루션', 'Weave Net, Flannel, Calico, AWS VPC CNI, Cilium'],
  ),
  courseModule(
    10,
    'services',
    ['Services', 'ClusterIP, NodePort, LoadBalancer, headless and traffic policies.'],
    ['서비스', 'ClusterIP, NodePort, LoadBalancer, 헤드리스, 트래픽 정책'],
  ),
  courseModule(
    11,
    'kube-proxy',
    ['kube-proxy', 'iptables, IPVS, nftables and its replacement by eBPF.'],
    ['kube-proxy', 'iptables, IPVS, nftables, 그리고 eBPF로 대신하기'],
  ),
  courseModule(
    12,
    'dns',
    ['DNS', 'CoreDNS, search domains, ndots, and debugging names.'],
    ['DNS', 'CoreDNS, 검색 도메인, ndots, 이름 문제 찾기'],
  ),
  courseModule(
    13,
    'ingress',
    ['Ingress and Gateway', 'Hosts, paths, TLS, and the Gateway API that follows.'],
    ['인그레스와 게이트웨이', '호스트, 경로, TLS, 그 뒤를 잇는 Gateway API'],
  ),
  courseModule(
    14,
    'policy',
    ['Network policy', 'Isolation in a flat network: ingress, egress, namespaces.'],
    ['네트워크 정책', '평평한 네트워크에서의 격리: 인그레스, 이그레스, 네임스페이스'],
  ),
  courseModule(
    15,
    'cluster-facts',
    ['Cluster facts', 'Ports, ranges, plugin and proxy mode of an unknown cluster.'],
    ['클러스터 알아내기', '모르는 클러스터의 포트, 주소 범위, 플러그인, 프록시 모드'],
  ),
  courseModule(
    16,
    'troubleshoot',
    ['Troubleshooting', 'A method, ten mixed faults and a timed mock exam.'],
    ['문제 해결', '방법 하나, 섞인 장애 열 가지, 시간을 재는 모의시험'],
  ),
];
