//! What the tables are.

use parc_etl::schema::Table;
use pyo3::prelude::*;
use pyo3_arrow::PySchema;

/// Name, description, the columns by which the rows are sorted, and a pyarrow.Schema.
type Description<'py> = (&'static str, &'static str, Vec<&'static str>, Bound<'py, PyAny>);

/// The published tables in order.
#[pyfunction]
pub fn describe(py: Python<'_>) -> PyResult<Vec<Description<'_>>> {
    let tables = Table::PUBLISHED.into_iter().map(|table| {
        let schema = PySchema::new(table.schema()).into_pyarrow(py)?;
        Ok((table.name(), table.description(), table.key().to_vec(), schema))
    });
    tables.collect()
}
