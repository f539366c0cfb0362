"""The load table: Beside beside references and other chat servers, on the same work, in one run."""
