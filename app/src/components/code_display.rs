use leptos::prelude::*;

/// A query code in groups for the eye, spoken digit by digit.
#[component]
pub fn CodeDisplay(#[prop(into)] code: String) -> impl IntoView {
    let spoken = spoken(&code);
    view! {
        <span class="code-display" role="img" aria-label=spoken>
            {groups(&code).into_iter().map(|group| view! { <span>{group}</span> }).collect_view()}
        </span>
    }
    .into_any()
}

/// 3-3-4 for the ten digits of a query code; the 26 characters of a sealed one in fours.
fn groups(code: &str) -> Vec<String> {
    let characters: Vec<char> = code.chars().collect();
    if characters.len() == 10 {
        return [0..3, 3..6, 6..10]
            .map(|group| characters[group].iter().collect())
            .to_vec();
    }
    characters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect()
}

fn spoken(code: &str) -> String {
    code.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_stand_as_three_three_four() {
        assert_eq!(groups("4027319586"), ["402", "731", "9586"]);
    }

    #[test]
    fn a_sealed_code_stands_in_fours() {
        assert_eq!(groups("ABCDEFGHIJ0123456789KLMNOP").len(), 7);
    }

    #[test]
    fn a_code_is_spoken_digit_by_digit() {
        assert_eq!(spoken("4027"), "4 0 2 7");
    }
}
