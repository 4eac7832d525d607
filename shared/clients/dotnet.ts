import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { inColons, majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { jsonLiteral } from './literals.ts'

export function dotnet(node: ClientNode): ClientSnippet {
  return {
    title: '.NET',
    ...usualSteps,
    install: `dotnet new console --force --name connect --output . && dotnet add package Elastic.Clients.Elasticsearch --version '${majorOf(node)}.*'`,
    file: 'Program.cs',
    place: 'In an empty folder: the line above makes it a project, whose Program.cs this replaces.',
    run: 'dotnet run',
    language: 'csharp',
    trust: 'ca',
    code: program(
      node,
      `.ServerCertificateValidationCallback(CertificateValidations.AuthorityIsRoot(new X509Certificate2(${jsonLiteral(node.caCertificate)})))`,
      'using System.Security.Cryptography.X509Certificates;\n',
    ),
    checks: 'By its documentation, the chain up to this CA.',
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, `.CertificateFingerprint(${jsonLiteral(inColons(node.caFingerprint))})`, ''),
      checks: 'By its documentation, that one of the certificates of the chain has this fingerprint.',
      needs: [],
    },
    proved: 'schema',
    notes: [],
  }
}

function program({ url }: ClientNode, trust: string, imports: string): string {
  return `using System;
${imports}using Elastic.Clients.Elasticsearch;
using Elastic.Transport;

var key = Environment.GetEnvironmentVariable("ELASTIC_API_KEY");
var settings = new ElasticsearchClientSettings(new Uri(${jsonLiteral(url)}))
    ${trust}
    .DisableAutomaticProxyDetection()
    .Authentication(string.IsNullOrEmpty(key)
        ? new BasicAuthentication("elastic", Environment.GetEnvironmentVariable("ELASTIC_PASSWORD") ?? "")
        : new ApiKey(key));
var info = await new ElasticsearchClient(settings).InfoAsync();
if (!info.IsValidResponse)
{
    Console.Error.WriteLine(info.DebugInformation);
    return 1;
}
Console.WriteLine($"Connected to Elasticsearch {info.Version.Number}");
return 0;
`
}
