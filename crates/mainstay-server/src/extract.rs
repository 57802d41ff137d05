//! Extractors whose refusals are problems like every other.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use mainstay_core::{BundleId, CaseNumber, Code, CustomerId, SignatureNumber};
use serde::de::DeserializeOwned;

use crate::problem::Failure;
use crate::state::Server;

/// A JSON body within the limit of the router.
pub(crate) struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Server> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Failure> {
        match Json::<T>::from_request(request, server).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => {
                let status = rejection.status().as_u16();
                let code = if status == 413 { Code::TooLarge } else { Code::Invalid };
                Err(Failure::refused(code, json_problem(&rejection)))
            }
        }
    }
}

/// Names the field where serde does; it never repeats a value.
fn json_problem(rejection: &axum::extract::rejection::JsonRejection) -> String {
    use axum::extract::rejection::JsonRejection;
    match rejection {
        JsonRejection::JsonDataError(error) => {
            let text = error.body_text();
            let cause = text.rsplit(": ").next().unwrap_or_default();
            let cause = cause.split(" at line ").next().unwrap_or_default();
            format!("the body does not fit: {}", without_values(cause))
        }
        JsonRejection::JsonSyntaxError(_) => "the body is not JSON".to_owned(),
        JsonRejection::MissingJsonContentType(_) => "send the body as application/json".to_owned(),
        _ => "the body could not be read".to_owned(),
    }
}

/// `invalid type: string "…", expected …` quotes what was sent: keep names of fields only.
fn without_values(cause: &str) -> String {
    match cause {
        known if known.starts_with("missing field") => known.to_owned(),
        known if known.starts_with("unknown field") => {
            known.split(", expected").next().unwrap_or_default().to_owned()
        }
        known if known.starts_with("unknown variant") => {
            let expected = known.split_once("expected").map_or("", |(_, expected)| expected);
            format!("a value is not one of{expected}")
        }
        _ => "a field has the wrong type".to_owned(),
    }
}

/// A query string.
pub(crate) struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Server> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let query = Query::<T>::from_request_parts(parts, server).await;
        let refused = |_| Failure::refused(Code::Invalid, "a query parameter is not valid");
        query.map(|Query(value)| Self(value)).map_err(refused)
    }
}

/// A case number in the path, alone or before something else.
pub(crate) struct InCase(pub CaseNumber);

impl FromRequestParts<Server> for InCase {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let text = path_value(parts, server, "number").await?;
        let number = text.parse().map_err(|_| {
            Failure::refused(Code::NotFound, "no such case; a case number looks like MS-1042")
        })?;
        Ok(Self(number))
    }
}

/// A case and the number of one of its things in the path: `swarm` for `/swarms/{swarm}`.
pub(crate) async fn numbered_in_case(
    parts: &mut Parts,
    server: &Server,
    thing: &str,
) -> Result<(CaseNumber, u32), Failure> {
    let InCase(case) = InCase::from_request_parts(parts, server).await?;
    let text = path_value(parts, server, thing).await?;
    let missing = |_| Failure::refused(Code::NotFound, format!("no such {thing}"));
    Ok((case, text.parse().map_err(missing)?))
}

/// A bundle id in the path.
pub(crate) struct InBundle(pub BundleId);

impl FromRequestParts<Server> for InBundle {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let text = path_value(parts, server, "id").await?;
        let id = text.parse().map_err(|_| Failure::refused(Code::NotFound, "no such bundle"))?;
        Ok(Self(id))
    }
}

/// The number of a signature in the path.
pub(crate) struct InSignature(pub SignatureNumber);

impl FromRequestParts<Server> for InSignature {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let text = path_value(parts, server, "signature").await?;
        let number = text.parse().map_err(|_| {
            Failure::refused(Code::NotFound, "no such signature; a number looks like SIG-1012")
        })?;
        Ok(Self(number))
    }
}

/// The id of a customer in the path.
pub(crate) struct InCustomer(pub CustomerId);

impl FromRequestParts<Server> for InCustomer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let text = path_value(parts, server, "id").await?;
        let id = text.parse().map_err(|_| Failure::refused(Code::NotFound, "no such customer"))?;
        Ok(Self(id))
    }
}

/// An id of this kind in the path.
pub(crate) struct InId<T>(pub T);

impl<T: std::str::FromStr> FromRequestParts<Server> for InId<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let text = path_value(parts, server, "id").await?;
        let id = text.parse().map_err(|_| Failure::refused(Code::NotFound, "no such id"))?;
        Ok(Self(id))
    }
}

/// One named part of the path.
pub(crate) async fn path_value(
    parts: &mut Parts,
    server: &Server,
    name: &str,
) -> Result<String, Failure> {
    type Values = Path<std::collections::HashMap<String, String>>;
    let Path(mut values) = Values::from_request_parts(parts, server)
        .await
        .map_err(|_| Failure::refused(Code::NotFound, "no such address"))?;
    values.remove(name).ok_or_else(|| Failure::refused(Code::NotFound, "no such address"))
}

/// The number of a record in the path.
pub(crate) struct InRow(pub u64);

/// The name of a field in the path.
pub(crate) struct InField(pub String);

impl FromRequestParts<Server> for InField {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        path_value(parts, server, "field").await.map(Self)
    }
}

impl FromRequestParts<Server> for InRow {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let text = path_value(parts, server, "row").await?;
        let row = text.parse().map_err(|_| Failure::refused(Code::NotFound, "no such line"))?;
        Ok(Self(row))
    }
}
