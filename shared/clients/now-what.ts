/** Where to read on, once clients are connected. All of it lies below the addresses that may be opened outside. */
export const nowWhat: readonly { readonly title: string; readonly url: string }[] = [
  { title: 'HTTPS between browser and Kibana', url: 'https://www.elastic.co/docs/deploy-manage/security/set-up-basic-security-plus-https#encrypt-kibana-browser' },
  { title: 'How nodes of other machines find one another (discovery)', url: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation' },
  { title: 'The client libraries of Elasticsearch', url: 'https://www.elastic.co/docs/reference/elasticsearch-clients' },
]
