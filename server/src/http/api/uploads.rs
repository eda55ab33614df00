//! What the document says of attachments. How they are sent is tus 1.0 and in its own words; here
//! is what this server asks of it.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use sync::{UploadProblem, letter::medium::MediumFate, view::Attachment};

/// The name of the scheme by which a receipt opens the way.
pub const TOKEN: &str = "upload";

pub fn paths(answers: &mut SchemaGenerator) -> Map<String, Value> {
    let problem = answers.subschema_for::<UploadProblem>().to_value();
    let list = answers.subschema_for::<Vec<Attachment>>().to_value();
    let mut paths = Map::new();
    paths.insert(
        "/api/v1/{county}/uploads".to_owned(),
        json!({
            "get": {
                "operationId": "Attachments",
                "summary": "What the filing names, and where each of it is.",
                "security": [{ TOKEN: [] }],
                "responses": {
                    "200": said("In the order it was said.", &list),
                    "default": said("Why not.", &problem),
                },
            },
            "options": operation("UploadRules", "What of tus is spoken.", &[], &problem),
            "post": operation(
                "AnnounceUpload",
                "Announces an attachment; the same again leads to the same upload. Its first \
                 bytes may come along.",
                &[VERSION, LENGTH, METADATA],
                &problem,
            ),
        }),
    );
    let id = in_path("id");
    paths.insert(
        "/api/v1/{county}/uploads/{id}".to_owned(),
        json!({
            "parameters": [id],
            "head": operation("UploadOffset", "How far it is.", &[VERSION], &problem),
            "patch": operation(
                "Upload",
                "Goes on from where it is. What arrived before a cut stays.",
                &[VERSION, OFFSET],
                &problem,
            ),
            "delete": operation(
                "TakeBackUpload",
                "Takes it back, unless it is whole.",
                &[VERSION],
                &problem,
            ),
        }),
    );
    paths.insert(
        "/api/v1/{county}/uploads/letters/{command}/{id}".to_owned(),
        letters(answers, &problem),
    );
    paths
}

/// Where an announcement with `letter` in its metadata and without a token leads.
fn letters(answers: &mut SchemaGenerator, problem: &Value) -> Value {
    let fate = answers.subschema_for::<MediumFate>().to_value();
    let mut letters = json!({
        "parameters": [in_path("command"), in_path("id")],
        "get": {
            "operationId": "LetterFate",
            "summary": "Whether what came closed is kept, and nothing else.",
            "responses": {
                "200": said("Whether it is kept.", &fate),
                "default": said("It is not known here, or was not taken.", problem),
            },
        },
        "head": operation("LetterOffset", "How far it is.", &[VERSION], problem),
        "patch": operation(
            "UploadLetter",
            "Goes on from where it is: two bytes of the key's year, the sender's point of P-256, and \
             what was closed (HPKE).",
            &[VERSION, OFFSET],
            problem,
        ),
    });
    for method in ["head", "patch"] {
        // Nobody is there who has a token: the ids open the way.
        letters[method]["security"] = json!([]);
    }
    letters
}

fn in_path(name: &str) -> Value {
    let id = json!({ "type": "string", "format": "uuid" });
    json!({ "name": name, "in": "path", "required": true, "schema": id })
}

type Header = (&'static str, &'static str);

const VERSION: Header = ("Tus-Resumable", "1.0.0");
const LENGTH: Header = ("Upload-Length", "Bytes it has.");
const METADATA: Header = (
    "Upload-Metadata",
    "`attachment` and the attachment's id in base64; of one that comes closed also `letter` and the id of the \
     command whose filing names it, and then no token.",
);
const OFFSET: Header = ("Upload-Offset", "Where the body begins.");

fn operation(name: &str, about: &str, headers: &[Header], problem: &Value) -> Value {
    let parameters: Vec<Value> = headers
        .iter()
        .map(|(name, about)| {
            let schema = json!({ "type": "string" });
            json!({ "name": name, "in": "header", "required": true, "description": about, "schema": schema })
        })
        .collect();
    json!({
        "operationId": name,
        "summary": about,
        "parameters": parameters,
        "security": [{ TOKEN: [] }],
        "responses": {
            "2XX": { "description": "As tus 1.0 has it; `Upload-Offset` is how far it is." },
            "default": said("Why not. What was there stays.", problem),
        },
    })
}

fn said(what: &str, schema: &Value) -> Value {
    json!({ "description": what, "content": { "application/json": { "schema": schema } } })
}
