import type { ClientSnippet } from '../contract/clients.ts'
import { quotes } from '../shell-lines.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { javaLiteral } from './literals.ts'

/** Releases of the client that were tried: Maven takes no "newest of this major". */
const releases: Readonly<Record<number, string>> = { 8: '8.19.7', 9: '9.4.8' }

/** Seen on 9.4.8: it connects to a host that the certificate does not name. */
const nameUnchecked = 'The whole chain up to this CA, but not the name in the certificate: it takes whatever this CA has signed, which is the nodes of this cluster alone.'

export function java(node: ClientNode): ClientSnippet {
  const release = releases[majorOf(node)] ?? releases[9]
  const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>example</groupId><artifactId>connect</artifactId><version>1</version><dependencies><dependency><groupId>co.elastic.clients</groupId><artifactId>elasticsearch-java</artifactId><version>${release}</version></dependency><dependency><groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId><version>2.18.2</version></dependency></dependencies></project>`
  return {
    title: 'Java',
    ...usualSteps,
    install: `printf '%s' ${quotes.sh(pom)} > pom.xml && mvn -q dependency:copy-dependencies -DoutputDirectory=lib`,
    file: 'Connect.java',
    place: 'In an empty folder: the line above writes a pom.xml there. In a project of your own add co.elastic.clients:elasticsearch-java to what it depends on.',
    run: "java -cp 'lib/*' Connect.java",
    language: 'java',
    trust: 'ca',
    code: program(node, `TransportUtils.sslContextFromHttpCaCrt(new File(${javaLiteral(node.caCertificate)}))`, 'import java.io.File;\n'),
    checks: majorOf(node) === 8 ? 'The whole chain up to this CA, and that the certificate names the host.' : nameUnchecked,
    needs: caFile(node),
    other: {
      trust: 'fingerprint',
      code: program(node, `TransportUtils.sslContextFromCaFingerprint(${javaLiteral(node.caFingerprint)})`, ''),
      checks:
        'That the last certificate of those presented has this fingerprint; not that the CA signed the one before it, and in the client of 9 not the name of the host. A CA certificate is no secret, so a server in between can present it as well. Fit for a machine of your own; elsewhere use the file.',
      needs: [],
    },
    proved: 'run',
    notes: ['Needs Java 17 or newer, and Maven to fetch the client.'],
  }
}

function program(node: ClientNode, trust: string, imports: string): string {
  return majorOf(node) === 8 ? programOf8(node, trust, imports) : programOf9(node, trust, imports)
}

function programOf9({ url }: ClientNode, trust: string, imports: string): string {
  return `import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.TransportUtils;
${imports}import javax.net.ssl.SSLContext;

public class Connect {
    public static void main(String[] args) throws Exception {
        SSLContext trust = ${trust};
        String key = System.getenv("ELASTIC_API_KEY");
        try (ElasticsearchClient client = ElasticsearchClient.of(to -> {
            to.host(${javaLiteral(url)}).sslContext(trust);
            return key == null || key.isEmpty() ? to.usernameAndPassword("elastic", System.getenv("ELASTIC_PASSWORD")) : to.apiKey(key);
        })) {
            System.out.println("Connected to Elasticsearch " + client.info().version().number());
        }
    }
}
`
}

/** The client of 8 stands on the older REST client, which is built by itself. */
function programOf8({ url }: ClientNode, trust: string, imports: string): string {
  return `import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.TransportUtils;
import co.elastic.clients.transport.rest_client.RestClientTransport;
${imports}import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;

public class Connect {
    public static void main(String[] args) throws Exception {
        SSLContext trust = ${trust};
        String key = System.getenv("ELASTIC_API_KEY");
        String login = key == null || key.isEmpty()
            ? "Basic " + Base64.getEncoder().encodeToString(("elastic:" + System.getenv("ELASTIC_PASSWORD")).getBytes(StandardCharsets.UTF_8))
            : "ApiKey " + key;
        try (RestClient rest = RestClient.builder(HttpHost.create(${javaLiteral(url)}))
            .setDefaultHeaders(new Header[] {new BasicHeader("Authorization", login)})
            .setHttpClientConfigCallback(http -> http.setSSLContext(trust))
            .build()) {
            ElasticsearchClient client = new ElasticsearchClient(new RestClientTransport(rest, new JacksonJsonpMapper()));
            System.out.println("Connected to Elasticsearch " + client.info().version().number());
        }
    }
}
`
}
