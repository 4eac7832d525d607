import type { ClientSnippet } from '../contract/clients.ts'
import { caFile } from './ca-file.ts'
import { majorOf, type ClientNode } from './client-node.ts'
import { usualSteps } from './client-words.ts'
import { rustLiteral } from './literals.ts'

/** The client is published as pre-releases alone, which cargo takes only by their whole name. */
const releases: Readonly<Record<number, string>> = { 8: '8.19.0-alpha.1', 9: '9.1.0-alpha.1' }

export function rust(node: ClientNode): ClientSnippet {
  const release = releases[majorOf(node)] ?? releases[9]
  return {
    title: 'Rust',
    ...usualSteps,
    install: `cargo init --name connect . && cargo add elasticsearch@=${release} --no-default-features --features rustls-tls && cargo add tokio --features macros,rt-multi-thread && cargo add serde_json && cargo fetch`,
    file: 'src/main.rs',
    place: 'In an empty folder: the line above makes it a crate, whose src/main.rs this replaces.',
    run: 'cargo run --quiet',
    language: 'rust',
    trust: 'ca',
    code: `use elasticsearch::{
    auth::Credentials,
    cert::{Certificate, CertificateValidation},
    http::transport::{SingleNodeConnectionPool, TransportBuilder},
    http::Url,
    Elasticsearch,
};
use std::{env, error::Error, fs};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ca = Certificate::from_pem(&fs::read(${rustLiteral(node.caCertificate)})?)?;
    let login = match env::var("ELASTIC_API_KEY") {
        Ok(key) if !key.is_empty() => Credentials::EncodedApiKey(key),
        _ => Credentials::Basic("elastic".into(), env::var("ELASTIC_PASSWORD")?),
    };
    let transport = TransportBuilder::new(SingleNodeConnectionPool::new(Url::parse(${rustLiteral(node.url)})?))
        .auth(login)
        .cert_validation(CertificateValidation::Full(ca))
        .disable_proxy()
        .build()?;
    let answer = Elasticsearch::new(transport).info().send().await?.error_for_status_code()?;
    let info = answer.json::<serde_json::Value>().await?;
    println!("Connected to Elasticsearch {}", info["version"]["number"].as_str().unwrap_or("?"));
    Ok(())
}
`,
    checks: 'The whole chain up to this CA, and that the certificate names the host. The client takes no fingerprint.',
    needs: caFile(node),
    other: null,
    proved: 'run',
    notes: [
      `Elastic publishes this client only as pre-releases, which cargo takes by their full version alone: ${release} is the newest for this major.`,
    ],
  }
}
