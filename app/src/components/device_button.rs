use leptos::prelude::*;

/// What the device itself can do for a page (`device.js`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceAct {
    Share,
    Print,
    /// Keeps the `.slip` of the page as a picture.
    Picture,
}

impl DeviceAct {
    const fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Print => "print",
            Self::Picture => "picture",
        }
    }
}

/// Shares, prints or keeps a picture. Without scripts sharing is a plain link to the page, and what
/// could do nothing is not shown.
#[component]
pub fn DeviceButton(
    act: DeviceAct,
    #[prop(into)] word: String,
    /// Said once it is done, where nothing else shows it.
    #[prop(optional, into)]
    done: String,
    /// Said where the browser saves nothing, and shows the picture to be held down.
    #[prop(optional, into)]
    hold: String,
    /// The page to share, or the name of the picture's file.
    #[prop(optional, into)]
    what: String,
) -> impl IntoView {
    let name = act.name();
    let said = format!("{name}-said");
    let button = match act {
        DeviceAct::Share => view! {
            <a class="button secondary" id=name data-device=name data-done=done href=what>{word}</a>
        }
        .into_any(),
        DeviceAct::Print | DeviceAct::Picture => view! {
            <button
                type="button"
                class=match act {
                    // Browsers inside other apps print nothing.
                    DeviceAct::Print => "button secondary scripted not-in-app",
                    _ => "button secondary scripted",
                }
                id=name
                data-device=name
                data-done=done
                data-file=what
                data-hold=hold
            >
                {word}
            </button>
        }
        .into_any(),
    };
    view! {
        {button}
        <span role="status" id=said></span>
    }
    .into_any()
}
