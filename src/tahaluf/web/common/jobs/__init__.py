"""Long work in the background, kept in the database: enqueued, leased to a worker, resumed when that one dies."""
