//! Screens that are fetched together, apart from the main wasm.

/// A module of routes whose screens are one chunk of the packaged wasm: what is opened together is
/// fetched together, and over a weak signal one request costs more than a few spare bytes.
///
/// Not `#[lazy_route]`, which makes one chunk of each screen. A screen asks for its data in its
/// view: the code that reads the answer then comes with the chunk.
macro_rules! chunk {
    ($(#[$meta:meta])* $chunk:ident { $($screen:ident => $view:path),+ $(,)? }) => {
        $(#[$meta])*
        mod $chunk {
            use leptos::prelude::*;
            use leptos_router::LazyRoute;

            enum Which {
                $($screen),+
            }

            #[lazy($chunk)]
            fn view(which: Which) -> AnyView {
                match which {
                    $(Which::$screen => $view().into_any()),+
                }
            }

            $(
                pub struct $screen;

                impl LazyRoute for $screen {
                    fn data() -> Self {
                        Self
                    }

                    async fn view(_this: Self) -> AnyView {
                        view(Which::$screen).await
                    }

                    async fn preload() {
                        #[cfg(target_arch = "wasm32")]
                        __preload_view().await;
                    }
                }
            )+
        }
    };
}
