/** Who is refused from the moment on at which this user has a new password. */
export function lockedOut(username: string): string {
  return words[username] ?? `Whoever logs in as ${username} with the old one is refused until it is given this one.`
}

const words: Readonly<Record<string, string>> = {
  elastic: 'Clients and scripts that log in as elastic are refused until they are given this one. A Kibana that was enrolled with a token goes on: it has a token of its own.',
  kibana_system: 'Kibana is refused until its elasticsearch.password is this one, in kibana.yml or in its keystore. One that was enrolled with a token goes on.',
  logstash_system: 'Logstash cannot send its monitoring data until xpack.monitoring.elasticsearch.password is this one, in logstash.yml or in its keystore.',
  beats_system: 'Beats cannot send their monitoring data until monitoring.elasticsearch.password is this one, in their settings or keystores.',
  apm_system: 'APM Server cannot send its monitoring data until monitoring.elasticsearch.password is this one, in apm-server.yml or in its keystore.',
  remote_monitoring_user: 'Metricbeat cannot collect monitoring data until its password for this user is this one.',
}
