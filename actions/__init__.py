"""Rasa's custom actions: thin, they ask bot.knowledge and say what it answers.

Run by rasa-sdk's server on loopback; see bot/supervisor.py.
"""
