//! The server on a port of its own, over a folder that goes with it.

// Each test uses its part.
#![allow(dead_code)]

use reqwest::{Client, redirect::Policy};
use server::{
    AppState,
    attachments::{Attachments, Limits, Objects},
    clock,
    data::{Data, Place},
    demo,
    http::{listen, router},
    packaged::{Packaged, Shelf},
};
use store::Store;
use tempfile::TempDir;
use tokio::net::TcpListener;

pub struct Served {
    pub address: String,
    pub data: Data,
    pub attachments: Attachments,
    pub folder: TempDir,
    /// Follows no redirect: tests look where one leads.
    pub client: Client,
}

impl Served {
    /// With the whole demonstration county in it, which takes a while.
    pub async fn demonstration() -> Self {
        let (folder, store) = Self::store().await;
        demo::fill(&store, clock::now()).await.unwrap();
        Self::over(folder, store).await
    }

    pub async fn store() -> (TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            folder: folder.path().to_owned(),
            database_url: None,
        };
        (folder, place.open_store().await.unwrap())
    }

    /// Over a store that has its county's name.
    pub async fn over(folder: TempDir, store: Store) -> Self {
        let data = Data::of(store, demo::county()).await.unwrap();
        let objects = Objects::in_folder(&folder.path().join("attachments")).unwrap();
        let attachments = Attachments::new(data.store.clone(), objects, Limits::default());
        Self::with(folder, data, attachments).await
    }

    /// With attachments that are elsewhere, or have other limits.
    pub async fn with(folder: TempDir, data: Data, attachments: Attachments) -> Self {
        let packaged = Packaged::embedded();
        let shelf = Shelf::open(&folder.path().join("assets"), &packaged).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = AppState::new(data.clone(), attachments.clone(), packaged, shelf);
        let service = router(state);
        tokio::spawn(listen::serve(listener, service, std::future::pending()));
        Self {
            address,
            data,
            attachments,
            folder,
            client: Client::builder().redirect(Policy::none()).build().unwrap(),
        }
    }
}
