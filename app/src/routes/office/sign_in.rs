//! The office's door.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use crate::{Language, use_language};

pub struct SignIn {
    language: Language,
}

#[lazy_route]
impl LazyRoute for SignIn {
    fn data() -> Self {
        Self {
            language: use_language(),
        }
    }

    fn view(this: Self) -> AnyView {
        let title = match this.language {
            Language::Chinese => "工作人员登录",
            Language::English => "Sign in to the office",
        };
        view! {
            <Title text=title/>
            <main data-area="huiyin-office-area">
                <h1>{title}</h1>
            </main>
        }
        .into_any()
    }
}
