/** What a stack is called after its cluster, where nobody has given it a name. */
export const stackName = (cluster: string): string => cluster.replace(/(?<=.)[-_]?cluster$/i, "");
