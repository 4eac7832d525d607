import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import type { ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { singleQuoted } from './literals.ts'

/** The client of CPAN ends with version 8, which is served by Elasticsearch 9 as well. */
export function perl(node: ClientNode): ClientSnippet {
  return {
    title: 'Perl',
    ...usualSteps,
    install:
      'perl -MSearch::Elasticsearch -MIO::Socket::SSL -e 1 || sudo apt-get install -y libsearch-elasticsearch-perl libio-socket-ssl-perl || cpan Search::Elasticsearch IO::Socket::SSL',
    file: 'connect.pl',
    place: 'Anywhere.',
    run: 'perl connect.pl',
    language: 'perl',
    trust: 'ca',
    code: `use strict;
use warnings;
use Search::Elasticsearch;

# Straight to Elasticsearch, whatever proxy the environment names.
delete @ENV{qw(https_proxy HTTPS_PROXY http_proxy HTTP_PROXY all_proxy ALL_PROXY)};
my $key = $ENV{ELASTIC_API_KEY};
my @login = $key ? (default_headers => { Authorization => "ApiKey $key" }) : (userinfo => "elastic:$ENV{ELASTIC_PASSWORD}");
my $client = Search::Elasticsearch->new(
    nodes       => ${singleQuoted(node.url)},
    # Without SSL_verify_mode it checks nothing.
    ssl_options => { SSL_ca_file => ${singleQuoted(node.caCertificate)}, SSL_verify_mode => 1 },
    @login,
);
print "Connected to Elasticsearch ", $client->info->{version}{number}, "\\n";
`,
    checks:
      'The whole chain up to this CA, and that the certificate names the host. Do not give it SSL_fingerprint instead: without SSL_verify_mode the client ignores that and accepts any certificate.',
    needs: caFile(node),
    other: null,
    proved: 'run',
    notes: ['Where it cannot connect it says only "No nodes are available".'],
  }
}
