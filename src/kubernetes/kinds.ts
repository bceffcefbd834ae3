import type {
  CoreV1Event,
  V1ConfigMap,
  V1Deployment,
  V1Job,
  V1Lease,
  V1LimitRange,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1ObjectMeta,
  V1Pod,
  V1ResourceQuota,
  V1Secret,
  V1Service,
} from '@kubernetes/client-node';

/**
 * A type of the client library as it is in JSON: times are text, and names that are words of JavaScript have no
 * underscore before them.
 */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]: Json<T[Key]> }
      : T;

/** What every object of the API has. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Metadata;
}

export type Metadata = Json<V1ObjectMeta>;

/** A kind of objects: all that its addresses are made of, so that the API server is never asked for them. */
export interface Kind<T extends KubernetesObject = KubernetesObject> {
  /** Such as `v1` or `batch/v1`. */
  readonly apiVersion: string;
  /** Such as `Job`. */
  readonly kind: string;
  /** Such as `jobs`. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never there: what its objects look like, for the compiler. */
  readonly shape?: T;
}

export type ConfigMap = Json<V1ConfigMap>;
export type Deployment = Json<V1Deployment>;
export type Event = Json<CoreV1Event>;
export type Job = Json<V1Job>;
export type Lease = Json<V1Lease>;
export type LimitRange = Json<V1LimitRange>;
export type Namespace = Json<V1Namespace>;
export type NetworkPolicy = Json<V1NetworkPolicy>;
export type ClusterNode = Json<V1Node>;
export type Pod = Json<V1Pod>;
export type ResourceQuota = Json<V1ResourceQuota>;
export type Secret = Json<V1Secret>;
export type Service = Json<V1Service>;

export const CONFIG_MAP: Kind<ConfigMap> = core('ConfigMap', 'configmaps');
export const EVENT: Kind<Event> = core('Event', 'events');
export const LIMIT_RANGE: Kind<LimitRange> = core('LimitRange', 'limitranges');
export const POD: Kind<Pod> = core('Pod', 'pods');
export const RESOURCE_QUOTA: Kind<ResourceQuota> = core('ResourceQuota', 'resourcequotas');
export const SECRET: Kind<Secret> = core('Secret', 'secrets');
export const SERVICE: Kind<Service> = core('Service', 'services');
export const NAMESPACE: Kind<Namespace> = { ...core('Namespace', 'namespaces'), namespaced: false };
export const CLUSTER_NODE: Kind<ClusterNode> = { ...core('Node', 'nodes'), namespaced: false };
export const DEPLOYMENT: Kind<Deployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
};
export const JOB: Kind<Job> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  plural: 'jobs',
  namespaced: true,
};
export const LEASE: Kind<Lease> = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};
export const NETWORK_POLICY: Kind<NetworkPolicy> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  namespaced: true,
};

function core(kind: string, plural: string): Kind<never> {
  return { apiVersion: 'v1', kind, plural, namespaced: true };
}
