import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { singleQuoted } from './literals.ts'

export function php(node: ClientNode): ClientSnippet {
  return {
    title: 'PHP',
    ...usualSteps,
    install: `composer require 'elasticsearch/elasticsearch:^${majorOf(node)}.0'`,
    file: 'connect.php',
    place: 'In the folder of the project, beside its composer.json.',
    run: 'php connect.php',
    language: 'php',
    trust: 'ca',
    code: `<?php
require __DIR__ . '/vendor/autoload.php';

use Elastic\\Elasticsearch\\ClientBuilder;

$key = getenv('ELASTIC_API_KEY');
$builder = ClientBuilder::create()
    ->setHosts([${singleQuoted(node.url)}])
    ->setCABundle(${singleQuoted(node.caCertificate)})
    ->setHttpClientOptions(['proxy' => '']);
$client = ($key ? $builder->setApiKey($key) : $builder->setBasicAuthentication('elastic', getenv('ELASTIC_PASSWORD')))->build();
echo 'Connected to Elasticsearch ' . $client->info()['version']['number'] . PHP_EOL;
`,
    checks: 'By its documentation, the whole chain up to this CA, and that the certificate names the host. The client takes no fingerprint.',
    needs: caFile(node),
    other: null,
    proved: 'schema',
    notes: ['Needs Guzzle as its HTTP client, which composer installs with it.'],
  }
}
