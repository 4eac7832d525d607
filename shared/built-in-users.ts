/** Whose password the cluster itself keeps from the beginning. Native users have one as well. */
export const builtInUsers = ['elastic', 'kibana_system', 'logstash_system', 'beats_system', 'apm_system', 'remote_monitoring_user'] as const
