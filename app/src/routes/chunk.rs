//! Screens that are fetched together, apart from the main wasm.

use std::{future::Future, pin::Pin};

use leptos::prelude::AnyView;
use leptos_router::ChooseView;

/// A screen of a chunk. One type for all of them: the router's code for a route is then in the main wasm
/// once, and not once for every screen.
#[derive(Clone, Copy)]
pub struct Screen {
    pub view: fn() -> Fetched<AnyView>,
    pub preload: fn() -> Fetched<()>,
}

/// What comes with a chunk.
pub type Fetched<T> = Pin<Box<dyn Future<Output = T>>>;

impl ChooseView for Screen {
    fn choose(self) -> impl Future<Output = AnyView> {
        (self.view)()
    }

    fn preload(&self) -> impl Future<Output = ()> {
        (self.preload)()
    }
}

/// A module of routes whose screens are one chunk of the packaged wasm: what is opened together is
/// fetched together, and over a weak signal one request costs more than a few spare bytes.
///
/// Not `#[lazy_route]`, which makes one chunk of each screen. A screen asks for its data in its
/// view: the code that reads the answer then comes with the chunk.
macro_rules! chunk {
    ($(#[$meta:meta])* $chunk:ident { $($screen:ident => $view:path),+ $(,)? }) => {
        $(#[$meta])*
        #[allow(non_upper_case_globals, reason = "each is named as the component it fetches")]
        mod $chunk {
            use leptos::prelude::*;

            use crate::routes::chunk::{Fetched, Screen};

            enum Which {
                $($screen),+
            }

            #[lazy($chunk)]
            fn view(which: Which) -> AnyView {
                match which {
                    $(Which::$screen => $view().into_any()),+
                }
            }

            fn preload() -> Fetched<()> {
                Box::pin(async {
                    #[cfg(target_arch = "wasm32")]
                    __preload_view().await;
                })
            }

            $(
                pub const $screen: Screen = Screen {
                    view: || Box::pin(view(Which::$screen)),
                    preload,
                };
            )+
        }
    };
}
