import type { DBCluster, DBInstance } from "@aws-sdk/client-rds";
import { given } from "../fact.ts";
import { type Condition, databaseStatuses, meaningOf, worstOf } from "./store-status.ts";

/** A machine that runs a database. `role` is the writer's but for the readers of a cluster. */
export type DatabaseInstance = {
  readonly id: string;
  readonly class: string;
  readonly role: "writer" | "reader";
  readonly status: string;
  readonly condition: Condition;
  readonly zone: string | null;
  readonly public: boolean;
};

/** What the configuration may state of a database. */
export type DatabaseSettings = { readonly version: string; readonly multiAz: boolean; readonly backupDays: number };

/** A DB instance, or a DB cluster with its instances. Times are ISO 8601. */
export type Database = DatabaseSettings & {
  readonly name: string;
  readonly arn: string;
  readonly form: "instance" | "cluster";
  readonly engine: string;
  readonly status: string;
  /** Of a cluster, what its instances make of it. */
  readonly condition: Condition;
  readonly createdAt: string | null;
  /** When AWS starts it by itself, where it is stopped. */
  readonly restartsAt: string | null;
  /** None, where AWS runs a cluster without telling on what. */
  readonly instances: readonly DatabaseInstance[];
  /** Of a cluster without instances of its own: AWS provides them by need. */
  readonly serverless: boolean;
  /** It may sleep while nobody uses it, and wakes up for the first who does. */
  readonly mayPause: boolean;
  readonly storage: DatabaseStorage;
  /** The point in time up to which it can be restored. */
  readonly restorableTo: string | null;
  /** The database that it is a read replica of. */
  readonly replicaOf: string | null;
  /** What its settings will be once the modifications that are pending are applied, and which modifications those are. */
  readonly next: DatabaseSettings;
  readonly modifications: readonly string[];
  /** In lower case; none while it is created. */
  readonly hosts: readonly string[];
  readonly port: number | null;
  readonly vpc: string | null;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly public: boolean;
  readonly deletionProtection: boolean;
};

/** Where a database keeps its data. `limit` is up to where it grows by itself; `elastic`, where it does so without one. */
export type DatabaseStorage = {
  readonly gigabytes: number | null;
  readonly type: string | null;
  readonly iops: number | null;
  readonly throughput: number | null;
  readonly limit: number | null;
  readonly elastic: boolean;
  readonly encrypted: boolean;
};

const iso = (time: Date | undefined): string | null => time?.toISOString() ?? null;
const groupsOf = ({ VpcSecurityGroups = [] }: DBInstance | DBCluster) =>
  VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []);
const subnetsOf = ({ DBSubnetGroup }: DBInstance) =>
  (DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []);
const hostsOf = (hosts: readonly (string | undefined)[]) => hosts.flatMap((host) => (host ? [host.toLowerCase()] : []));

/** Reads a DB instance. */
export function databaseOfInstance(name: string, instance: DBInstance): Database {
  const { PendingModifiedValues: next = {}, StorageType } = instance;
  const settings = {
    version: given(instance.EngineVersion, "EngineVersion"),
    multiAz: given(instance.MultiAZ, "MultiAZ"),
    backupDays: given(instance.BackupRetentionPeriod, "BackupRetentionPeriod"),
  };
  const [only] = [instanceOf(instance, "writer")];
  return {
    name,
    arn: given(instance.DBInstanceArn, "DBInstanceArn"),
    form: "instance",
    engine: given(instance.Engine, "Engine"),
    ...settings,
    status: only.status,
    condition: only.condition,
    createdAt: iso(instance.InstanceCreateTime),
    restartsAt: iso(instance.AutomaticRestartTime),
    instances: [only],
    serverless: false,
    mayPause: false,
    storage: {
      gigabytes: instance.AllocatedStorage ?? null,
      type: StorageType ?? null,
      iops: instance.Iops ?? null,
      throughput: instance.StorageThroughput ?? null,
      limit: instance.MaxAllocatedStorage ?? null,
      elastic: StorageType?.startsWith("aurora") ?? false,
      encrypted: given(instance.StorageEncrypted, "StorageEncrypted"),
    },
    restorableTo: iso(instance.LatestRestorableTime),
    replicaOf: instance.ReadReplicaSourceDBInstanceIdentifier ?? instance.ReadReplicaSourceDBClusterIdentifier ?? null,
    next: {
      version: next.EngineVersion ?? settings.version,
      multiAz: next.MultiAZ ?? settings.multiAz,
      backupDays: next.BackupRetentionPeriod ?? settings.backupDays,
    },
    modifications: modificationsOf(next),
    hosts: hostsOf([instance.Endpoint?.Address]),
    port: instance.Endpoint?.Port ?? null,
    vpc: instance.DBSubnetGroup?.VpcId ?? null,
    subnets: subnetsOf(instance),
    securityGroups: groupsOf(instance),
    public: only.public,
    deletionProtection: instance.DeletionProtection ?? false,
  };
}

/** Reads a DB cluster; its instances are among those given. */
export function databaseOfCluster(name: string, cluster: DBCluster, all: readonly DBInstance[]): Database {
  const { PendingModifiedValues: next = {}, StorageType, Engine = "", Status } = cluster;
  const own = all.filter(({ DBClusterIdentifier }) => DBClusterIdentifier === cluster.DBClusterIdentifier);
  const isWriter = (id: string | undefined) =>
    cluster.DBClusterMembers?.some((member) => member.DBInstanceIdentifier === id && member.IsClusterWriter) ?? false;
  const instances = own.map((one) => instanceOf(one, isWriter(one.DBInstanceIdentifier) ? "writer" : "reader"));
  const settings = {
    version: given(cluster.EngineVersion, "EngineVersion"),
    multiAz: given(cluster.MultiAZ, "MultiAZ"),
    backupDays: given(cluster.BackupRetentionPeriod, "BackupRetentionPeriod"),
  };
  const { ServerlessV2ScalingConfiguration: scaling, EngineMode, ClusterScalabilityType } = cluster;
  const serverless = EngineMode === "serverless" || ClusterScalabilityType === "limitless";
  return {
    name,
    arn: given(cluster.DBClusterArn, "DBClusterArn"),
    form: "cluster",
    engine: given(Engine, "Engine"),
    ...settings,
    status: given(Status, "Status"),
    condition: conditionOf(meaningOf(Status, databaseStatuses), instances, serverless),
    createdAt: iso(cluster.ClusterCreateTime),
    restartsAt: iso(cluster.AutomaticRestartTime),
    instances,
    serverless,
    mayPause: EngineMode === "serverless" || scaling?.MinCapacity === 0,
    storage: {
      gigabytes: StorageType?.startsWith("aurora") ? null : (cluster.AllocatedStorage ?? null),
      type: StorageType ?? null,
      iops: cluster.Iops ?? null,
      throughput: cluster.StorageThroughput ?? null,
      limit: null,
      // Storage of Aurora, DocumentDB and Neptune grows with the data; that of Multi-AZ clusters of RDS does not.
      elastic: /^(aurora|docdb|neptune)/.test(Engine),
      encrypted: given(cluster.StorageEncrypted, "StorageEncrypted"),
    },
    restorableTo: iso(cluster.LatestRestorableTime),
    replicaOf: cluster.ReplicationSourceIdentifier || null,
    next: {
      version: next.EngineVersion ?? settings.version,
      multiAz: settings.multiAz,
      backupDays: next.BackupRetentionPeriod ?? settings.backupDays,
    },
    modifications: modificationsOf(next),
    hosts: hostsOf([cluster.Endpoint, cluster.ReaderEndpoint, ...own.map(({ Endpoint }) => Endpoint?.Address)]),
    port: cluster.Port ?? null,
    vpc: own[0]?.DBSubnetGroup?.VpcId ?? null,
    subnets: [...new Set(own.flatMap(subnetsOf))],
    securityGroups: groupsOf(cluster),
    public: cluster.PubliclyAccessible === true || instances.some((one) => one.public),
    deletionProtection: cluster.DeletionProtection ?? false,
  };
}

/** A cluster serves where its writer does; one that has none, such as a copy in another region, where one of its readers does. */
function conditionOf(cluster: Condition, instances: readonly DatabaseInstance[], serverless: boolean): Condition {
  if (serverless || cluster !== "serving") return cluster;
  const writers = instances.filter(({ role }) => role === "writer");
  const deciding = (writers.length > 0 ? writers : instances).map(({ condition }) => condition);
  return deciding.includes("serving") ? "serving" : worstOf(deciding);
}

function instanceOf(instance: DBInstance, role: DatabaseInstance["role"]): DatabaseInstance {
  const { DBInstanceStatus } = instance;
  return {
    id: given(instance.DBInstanceIdentifier, "DBInstanceIdentifier"),
    class: given(instance.DBInstanceClass, "DBInstanceClass"),
    role,
    status: given(DBInstanceStatus, "DBInstanceStatus"),
    condition: meaningOf(DBInstanceStatus, databaseStatuses),
    zone: instance.AvailabilityZone ?? null,
    public: given(instance.PubliclyAccessible, "PubliclyAccessible"),
  };
}

/** The names alone: one of the values may be a password. */
const modificationsOf = (pending: object): readonly string[] =>
  Object.entries(pending as Record<string, unknown>).flatMap(([name, value]) =>
    value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0) ? [] : [name],
  );
