"""What leaves the site as a file: Excel written safely, and the log of exports."""
