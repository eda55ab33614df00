//! TLS: a certificate that was given, or one made here for a demonstration.

use std::{
    fs,
    io::Write,
    net::IpAddr,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring::default_provider,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

const SELF_SIGNED: [&str; 2] = ["self-signed-cert.pem", "self-signed-key.pem"];

/// Reads a certificate chain and its key, both PEM.
///
/// # Errors
/// A file cannot be read, or the key is not the certificate's.
pub fn given(certificate: &Path, key: &Path) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .with_context(|| format!("reading the certificate {}", certificate.display()))?;
    let private = PrivateKeyDer::from_pem_file(key)
        .with_context(|| format!("reading the private key {}", key.display()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .context("the certificate and the private key do not belong together")?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// A certificate nobody vouches for, kept in the data folder so that a browser asks once.
///
/// # Errors
/// The folder cannot be written.
pub fn self_signed(folder: &Path, address: IpAddr, host: Option<&str>) -> Result<TlsAcceptor> {
    let [certificate, key] = SELF_SIGNED.map(|name| folder.join(name));
    if !certificate.exists() || !key.exists() {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        names.extend((!address.is_unspecified()).then(|| address.to_string()));
        names.extend(host.map(str::to_owned));
        let made = rcgen::generate_simple_self_signed(names).context("making a certificate")?;
        write(&key, 0o600, &made.signing_key.serialize_pem())?;
        write(&certificate, 0o644, &made.cert.pem())?;
    }
    given(&certificate, &key)
}

fn write(path: &PathBuf, mode: u32, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(mode);
    let file = options.open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_certificate_is_made_once_and_its_key_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let address = IpAddr::from([192, 0, 2, 7]);
        self_signed(folder.path(), address, Some("a.example.cn")).unwrap();
        let [certificate, key] = SELF_SIGNED.map(|name| folder.path().join(name));
        let first = fs::read(&certificate).unwrap();
        let mode = fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        self_signed(folder.path(), address, None).unwrap();
        assert_eq!(fs::read(&certificate).unwrap(), first, "browsers ask once");
    }
}
