use leptos::prelude::*;

/// A column of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Text(&'static str),
    /// Figures, aligned at their end.
    Number(&'static str),
}

impl Column {
    const fn label(self) -> &'static str {
        match self {
            Self::Text(label) | Self::Number(label) => label,
        }
    }

    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Number(_) => Some("number"),
        }
    }
}

/// An office list. On a phone each row becomes a card; the roles are written out because a
/// browser drops a table's meaning together with its layout.
#[component]
pub fn Table(
    /// For those who listen; the heading above says it to those who look.
    #[prop(into)]
    caption: String,
    columns: Vec<Column>,
    /// Cells in the order of the columns; the first names its row.
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let heads = columns
        .iter()
        .map(|column| {
            view! { <th role="columnheader" scope="col" class=column.class()>{column.label()}</th> }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|cells| table_row(&columns, cells))
        .collect_view();
    view! {
        <table class="table" role="table">
            <caption class="unseen">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}

fn table_row(columns: &[Column], cells: Vec<AnyView>) -> AnyView {
    let mut cells = columns.iter().zip(cells);
    let name = cells
        .next()
        .map(|(_, cell)| view! { <th role="rowheader" scope="row">{cell}</th> });
    let rest = cells
        .map(|(column, cell)| {
            view! { <td role="cell" class=column.class() data-label=column.label()>{cell}</td> }
        })
        .collect_view();
    view! { <tr role="row">{name}{rest}</tr> }.into_any()
}
